/// A program of somebody else's that depends on what is published.
package com.example.consumer;
