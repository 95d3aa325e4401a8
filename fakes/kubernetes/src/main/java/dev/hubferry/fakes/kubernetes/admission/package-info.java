/** What the API server fills in, refuses and keeps fixed in each kind. */
@NullMarked
package dev.hubferry.fakes.kubernetes.admission;

import org.jspecify.annotations.NullMarked;
