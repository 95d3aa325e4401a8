@NullMarked
package dev.hubferry.k8s;

import org.jspecify.annotations.NullMarked;
