@NullMarked
package dev.hubferry.k8s.config;

import org.jspecify.annotations.NullMarked;
