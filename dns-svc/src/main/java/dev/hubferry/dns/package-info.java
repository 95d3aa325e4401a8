/** dns-svc: moves a hub's DNS name. */
@NullMarked
package dev.hubferry.dns;

import org.jspecify.annotations.NullMarked;
