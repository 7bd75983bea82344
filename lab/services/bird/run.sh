mkdir -p /run/bird
exec bird -f -c ./bird.conf
