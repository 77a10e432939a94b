#!/usr/bin/env dotnet
#:package Zoetrope.Fal@0.1.0

// Makes a video of a picture, from one file:  dotnet run video.cs -- picture.png "The character walks forward"
// The key is in FAL_KEY; with FAL_BASE_URL it runs against the simulator.

using Zoetrope.Errors;
using Zoetrope.Fal;
using Zoetrope.Fal.Models;
using Zoetrope.Uploads;

if (args.Length != 2)
{
    Console.Error.WriteLine("Give a picture, and what happens in the video.");
    return 2;
}
using var fal = new FalClient();
try
{
    var job = await fal.KlingVideoO3ProImageToVideo.SubmitAsync(new() { ImageUrl = UploadFile.FromFile(args[0]), Prompt = args[1] });
    // With it, fal.KlingVideoO3ProImageToVideo.Resume waits for the job again.
    Console.Error.WriteLine(job.Handle);
    var result = await job.WaitAsync();
    Console.WriteLine(await fal.SaveAsync(result.Value.Video, $"video-{job.Handle.JobId}.mp4"));
    return 0;
}
catch (Exception failed) when (failed is ZoetropeException or IOException)
{
    Console.Error.WriteLine(failed.Message);
    return 1;
}
