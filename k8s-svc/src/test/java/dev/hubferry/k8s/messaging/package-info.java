@NullMarked
package dev.hubferry.k8s.messaging;

import org.jspecify.annotations.NullMarked;
