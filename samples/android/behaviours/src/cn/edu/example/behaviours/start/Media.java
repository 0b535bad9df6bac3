package cn.edu.example.behaviours.start;

import android.content.Context;
import android.hardware.Camera;
import android.media.AudioFormat;
import android.media.AudioRecord;
import android.media.MediaRecorder;
import cn.edu.example.behaviours.Plan;

/** Camera and microphone before anybody agreed. */
public final class Media {
    private static final int RATE = 16000;

    private Media() {}

    public static void openAll(Context context) {
        Plan.once(context, "camera-open", Media::openCamera);
        Plan.once(context, "audio-record", Media::startRecording);
    }

    private static void openCamera() {
        Camera camera = Camera.open(0);
        if (camera != null) {
            camera.release();
        }
    }

    private static void startRecording() {
        AudioRecord record = new AudioRecord(MediaRecorder.AudioSource.MIC, RATE,
            AudioFormat.CHANNEL_IN_MONO, AudioFormat.ENCODING_PCM_16BIT, RATE);
        record.startRecording();
        record.release();
    }
}
