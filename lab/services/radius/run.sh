install -o root -g freerad -m 0640 clients.conf /etc/freeradius/3.0/clients.conf
rm -f /etc/freeradius/3.0/sites-enabled/* /etc/freeradius/3.0/mods-enabled/eap
install -o root -g freerad -m 0640 site /etc/freeradius/3.0/sites-enabled/lab
sed "s/@PASSWORD@/$LAB_PASSWORD/" authorize >/etc/freeradius/3.0/mods-config/files/authorize
chown root:freerad /etc/freeradius/3.0/mods-config/files/authorize
chmod 0640 /etc/freeradius/3.0/mods-config/files/authorize
unset LAB_PASSWORD
exec freeradius -f -l stdout
