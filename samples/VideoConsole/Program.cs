// Makes a video of a picture, a file or a URL, and may be stopped at any moment:
//   dotnet run -- picture.png "The character walks forward" video.mp4
//   dotnet run -- --resume HANDLE video.mp4
// The key is in FAL_KEY; with FAL_BASE_URL it runs against the simulator.

using Zoetrope.Clients;
using Zoetrope.Errors;
using Zoetrope.Fal;
using Zoetrope.Fal.Models;
using Zoetrope.Jobs;
using Zoetrope.Uploads;

if (args.Length != 3)
{
    Console.Error.WriteLine("Give a picture, what happens in the video, and the file to write; or --resume, a handle, and the file to write.");
    return 2;
}

// Ctrl+C ends the wait, not the job.
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

using var fal = new FalClient();
var model = fal.KlingVideoO3ProImageToVideo;
try
{
    Job<KlingVideoO3ProImageToVideo.Result> job;
    if (args[0] == "--resume")
    {
        job = model.Resume(JobHandle.Parse(args[1]));
    }
    else
    {
        // The request is validated before anything is sent, and a submit is not stopped: it may have been accepted already.
        job = await model.SubmitAsync(new()
        {
            ImageUrl = args[0].StartsWith("https://", StringComparison.Ordinal) ? args[0] : UploadFile.FromFile(args[0]),
            Prompt = args[1],
            Duration = KlingVideoO3ProImageToVideo.Duration.Seconds5,
        });
        Console.Error.WriteLine($"Submitted: {job.Handle}");
    }

    var result = await job.WaitAsync(new() { OnUpdate = status => Console.Error.WriteLine(status.State) }, stop.Token);
    Console.WriteLine(await fal.SaveAsync(result.Value.Video, args[2], stop.Token));
    return 0;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    Console.Error.WriteLine("Stopped. The job goes on: --resume with its handle waits for it again.");
    return 130;
}
catch (Exception failed) when (failed is ZoetropeException or FormatException or IOException)
{
    // The message names each parameter and its problem, or says what became of the job.
    Console.Error.WriteLine(failed.Message);
    var handle = failed is SubmitException submit ? submit.Handle : (failed as IJobFailure)?.Handle;
    if (handle is not null)
        Console.Error.WriteLine($"The job is {handle}");
    return 1;
}
