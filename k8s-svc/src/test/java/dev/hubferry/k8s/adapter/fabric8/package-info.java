@NullMarked
package dev.hubferry.k8s.adapter.fabric8;

import org.jspecify.annotations.NullMarked;
