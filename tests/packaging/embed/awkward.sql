-- Everything that a careless way of compiling this file in would change.
SELECT ";", [a;b], "$1", '${HOME} @HOME@ $ENV{HOME}'; -- \n \\ \" )" )embedded" %s ??/ ?
lone brackets: [ ]] [[ [=[ and ; ; and; Ганна Ґалаґан Ұлпан
carriage return
form feed  tab 	 trailing backslash \