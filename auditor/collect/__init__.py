"""Collection: writes down what devices and files say and judges nothing. The only user of paramiko and pysnmp."""
