/** The controllers: each takes the stored objects one step nearer to what they wish for. */
@NullMarked
package dev.hubferry.fakes.kubernetes.controller;

import org.jspecify.annotations.NullMarked;
