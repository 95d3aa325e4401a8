/** A whole world on loopback in which a hub can be moved: hosts, clusters, name servers, users at work. */
@NullMarked
package dev.hubferry.sandbox;

import org.jspecify.annotations.NullMarked;
