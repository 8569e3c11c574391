#!/bin/sh
# A desktop with Orca and Firefox at $ADDRESS, in the folder $ROOM: until it is told to end. Started by screen-reader.ts.
trap : TERM
dbus-daemon --session --nofork --address="$DBUS_SESSION_BUS_ADDRESS" &
until [ -S "$ROOM/bus" ]; do sleep 0.1; done
/usr/libexec/at-spi-bus-launcher --launch-immediately &
openbox &
speech-dispatcher --run-single --timeout 0 --communication-method unix_socket --socket-path "$ROOM/speech" --config-dir "$ROOM/speech-dispatcher" &
orca &
# What Orca says first is that it is there.
until [ -s "$SPOKEN" ]; do sleep 0.2; done
firefox-esr --no-remote --profile "$ROOM/profile" "$ADDRESS" &
wait
# All of them have been told as well. One that nobody waited for would count as running: a second Orca does not start beside it.
wait
