package cn.edu.example.behaviours.later;

import android.app.PendingIntent;
import android.content.Context;
import android.content.Intent;
import android.hardware.Camera;
import android.location.LocationManager;
import android.media.MediaRecorder;
import android.net.Uri;
import android.telephony.SmsManager;
import cn.edu.example.behaviours.Plan;

/** Functions that the user starts with a tap. */
public final class Functions {
    private static final int IMMUTABLE = 0x04000000; // PendingIntent.FLAG_IMMUTABLE, API 23

    private Functions() {}

    public static void scan() {
        Plan.attempt("tap-camera", () -> takePicture(Camera.open()));
    }

    private static void takePicture(Camera camera) {
        camera.takePicture(null, null, null);
    }

    public static void record() {
        Plan.attempt("tap-recorder", () -> startRecorder(new MediaRecorder()));
    }

    private static void startRecorder(MediaRecorder recorder) throws Exception {
        recorder.setAudioSource(MediaRecorder.AudioSource.MIC);
        recorder.setOutputFormat(MediaRecorder.OutputFormat.THREE_GPP);
        recorder.setAudioEncoder(MediaRecorder.AudioEncoder.AMR_NB);
        recorder.setOutputFile("/dev/null");
        recorder.prepare();
        recorder.start();
    }

    public static void checkIn(Context context) {
        Plan.attempt("tap-location", () -> readOnce(context));
    }

    private static void readOnce(Context context) {
        PendingIntent listener = PendingIntent.getBroadcast(
            context, 1, new Intent("cn.edu.example.behaviours.PLACE"), IMMUTABLE);
        ((LocationManager) context.getSystemService(Context.LOCATION_SERVICE))
            .requestSingleUpdate(LocationManager.GPS_PROVIDER, listener);
    }

    public static void sendCode() {
        Plan.attempt("tap-sms", () -> SmsManager.getDefault().sendTextMessage(
            "10690000", null, "code", null, null));
    }

    public static void update(Context context) {
        Plan.attempt("tap-install", () -> openPackage(context));
    }

    private static void openPackage(Context context) {
        Intent intent = new Intent(Intent.ACTION_VIEW);
        intent.setDataAndType(Uri.parse("file:///sdcard/Download/other.apk"),
            "application/vnd.android.package-archive");
        intent.addFlags(Intent.FLAG_ACTIVITY_NEW_TASK);
        context.startActivity(intent);
    }
}
