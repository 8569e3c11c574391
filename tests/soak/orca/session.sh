#!/bin/sh
# A desktop with Orca and a browser, whose command line is given, in the folder $ROOM: until it is told to end. Started by screen-reader.ts.
trap over=yes TERM
started=
over=
begin() {
  "$@" &
  started="$started $!"
}
begin dbus-daemon --session --nofork --address="$DBUS_SESSION_BUS_ADDRESS"
until [ -S "$ROOM/bus" ]; do sleep 0.1; done
begin /usr/libexec/at-spi-bus-launcher --launch-immediately
begin openbox
begin speech-dispatcher --run-single --timeout 0 --communication-method unix_socket --socket-path "$ROOM/speech" --config-dir "$ROOM/speech-dispatcher"
begin orca
# What Orca says first is that it is there.
until [ -s "$SPOKEN" ] || [ "$over" ]; do sleep 0.2; done
if [ -z "$over" ]; then
  begin "$@"
  wait
fi
# All of them have been told as well; Orca does not always heed it. One that nobody waited for would count as running: a second
# Orca does not start beside it.
sleep 3
kill -KILL $started 2>/dev/null
wait
