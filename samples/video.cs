#!/usr/bin/env dotnet
#:package Zoetrope.Fal@0.1.0

// Makes a video of a picture, from one file:  dotnet run video.cs -- picture.png "The character walks forward"
// The key is in FAL_KEY; with FAL_BASE_URL it runs against the simulator.

using Zoetrope.Errors;
using Zoetrope.Fal;
using Zoetrope.Fal.Models;
using Zoetrope.Uploads;

using var fal = new FalClient();
try
{
    var result = await fal.KlingVideoO3ProImageToVideo.RunAsync(new() { ImageUrl = UploadFile.FromFile(args[0]), Prompt = args[1] });
    Console.WriteLine(await fal.SaveAsync(result.Value.Video, "video.mp4"));
    return 0;
}
catch (ZoetropeException failed)
{
    Console.Error.WriteLine(failed.Message);
    return 1;
}
