package cn.edu.example.everyapi;

import android.service.notification.NotificationListenerService;

/** Stands for a notification listener; never bound. */
public final class EveryListener extends NotificationListenerService {}
