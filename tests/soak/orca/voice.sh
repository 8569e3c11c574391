#!/bin/sh
# A voice that writes down what it is given, a line each, and makes no sound. It takes its time, as any voice does: what comes then may cut it short.
printf '%s' "$1" | tr '\n' ' ' >>"$SPOKEN"
echo >>"$SPOKEN"
sleep "$(printf '%d.%03d' "$((${#1} * 5 / 1000))" "$((${#1} * 5 % 1000))")"
