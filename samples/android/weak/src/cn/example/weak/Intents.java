package cn.example.weak;

import android.app.PendingIntent;
import android.content.Context;
import android.content.Intent;
import android.net.Uri;

/** Intents with data, and pending intents. */
public final class Intents {
    private static final int IMMUTABLE = 1 << 26;
    private static final int MUTABLE = 1 << 25;

    private Intents() {}

    public static void broadcastToken(Context context, String token) {
        context.sendBroadcast(new Intent("cn.example.weak.LOGIN").putExtra("token", token));
    }

    public static void openProfile(Context context, String number) {
        Intent intent = new Intent("cn.example.weak.PROFILE");
        intent.putExtra("student_number", number);
        context.startActivity(intent);
    }

    public static void orderedScore(Context context, int score) {
        Intent intent = new Intent();
        intent.setAction("cn.example.weak.SCORE");
        intent.putExtra("score", score);
        context.sendOrderedBroadcast(intent, null);
    }

    public static void toOwnClass(Context context, String token) {
        context.startActivity(new Intent(context, StartActivity.class).putExtra("token", token));
    }

    public static void toOwnPackage(Context context, String token) {
        Intent intent = new Intent("cn.example.weak.LOGIN").putExtra("token", token);
        intent.setPackage(context.getPackageName());
        context.sendBroadcast(intent);
    }

    public static void guardedBroadcast(Context context, String token) {
        context.sendBroadcast(
            new Intent("cn.example.weak.LOGIN").putExtra("token", token), "cn.example.weak.OWN");
    }

    public static void openWebPage(Context context) {
        context.startActivity(
            new Intent(Intent.ACTION_VIEW, Uri.parse("https://www.campuspass.example/")));
    }

    public static PendingIntent mutableByDefault(Context context) {
        return PendingIntent.getActivity(context, 0, new Intent("cn.example.weak.OPEN"), 0);
    }

    public static PendingIntent mutableBroadcast(Context context) {
        return PendingIntent.getBroadcast(
            context, 1, new Intent("cn.example.weak.ALARM"), MUTABLE);
    }

    public static PendingIntent mutableUpdated(Context context) {
        return PendingIntent.getService(
            context, 2, new Intent("cn.example.weak.SYNC"), PendingIntent.FLAG_UPDATE_CURRENT);
    }

    public static PendingIntent immutable(Context context) {
        return PendingIntent.getActivity(context, 3, new Intent("cn.example.weak.OPEN"), IMMUTABLE);
    }

    public static PendingIntent immutableUpdated(Context context) {
        return PendingIntent.getBroadcast(
            context, 4, new Intent("cn.example.weak.ALARM"),
            IMMUTABLE | PendingIntent.FLAG_UPDATE_CURRENT);
    }

    public static PendingIntent immutableExplicit(Context context) {
        return PendingIntent.getActivity(
            context, 5, new Intent(context, StartActivity.class),
            PendingIntent.FLAG_ONE_SHOT | IMMUTABLE);
    }
}
