package cn.example.reach;

import android.app.AlarmManager;
import android.app.Application;
import android.app.PendingIntent;
import android.content.Context;
import android.content.Intent;
import android.content.IntentFilter;
import cn.example.reach.components.AlarmService;
import cn.example.reach.components.SentReceiver;
import cn.example.reach.components.StartedService;
import cn.example.reach.start.CallbackCases;
import cn.example.reach.start.DispatchCases;
import cn.example.reach.start.HiddenCases;
import cn.example.reach.start.ThreadCases;

/** Starts every case that needs no user. */
public final class ReachApp extends Application {
    private static final int FLAG_IMMUTABLE = 1 << 26;
    private static Context self;

    static {
        Reads.applicationStaticInitialiser(self);
    }

    @Override
    protected void attachBaseContext(Context base) {
        super.attachBaseContext(base);
        Reads.applicationAttachBaseContext(base);
    }

    @Override
    public void onCreate() {
        super.onCreate();
        self = this;
        Reads.applicationOnCreate(this);
        ThreadCases.startAll(this);
        DispatchCases.startAll(this);
        CallbackCases.startAll(this);
        HiddenCases.startAll(this);
        startComponents();
        if (getSharedPreferences("consent", MODE_PRIVATE).getBoolean("agreed", false)) {
            Reads.behindStoredConsent(this);
        }
    }

    private void startComponents() {
        startService(new Intent(this, StartedService.class));
        sendBroadcast(new Intent(this, SentReceiver.class));
        PendingIntent later = PendingIntent.getService(
            this, 0, new Intent(this, AlarmService.class), FLAG_IMMUTABLE);
        AlarmManager alarms = (AlarmManager) getSystemService(ALARM_SERVICE);
        alarms.set(AlarmManager.RTC, System.currentTimeMillis() + 1000, later);
        registerReceiver(
            new StickyReceiver(), new IntentFilter(Intent.ACTION_BATTERY_CHANGED));
    }
}
