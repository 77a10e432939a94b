// A function of AWS Lambda as a native program, for its runtime provided.al2023. Each event is one short step, so that nobody pays for a function that waits:
//   {"picture": "https://example.com/a.png", "prompt": "She turns"}   submits a job: {"state": "submitted", "handle": "fal:…"}
//   {"handle": "fal:…"}   requests its status: {"state": "running"}, and at the end {"state": "completed", "video": "https://…"}
// The key is in FAL_KEY; with FAL_BASE_URL it runs against the simulator.

using VideoFunction;
using Zoetrope.Errors;
using Zoetrope.Fal;
using Zoetrope.Fal.Models;
using Zoetrope.Jobs;

using var fal = new FalClient();
await LambdaRuntime.RunAsync(HandleAsync);

async Task<Reply> HandleAsync(Order order)
{
    var model = fal.KlingVideoO3ProImageToVideo;
    try
    {
        if (order is { Picture: { } picture, Prompt: { } prompt, Handle: null })
        {
            var submitted = await model.SubmitAsync(new() { ImageUrl = picture, Prompt = prompt });
            return new("submitted") { Handle = submitted.Handle.ToString() };
        }
        if (order is not { Picture: null, Prompt: null, Handle: { } handle })
            return new("failed") { Message = "An event has a picture and a prompt, or a handle." };

        var job = model.Resume(JobHandle.Parse(handle));
        var status = await job.GetStatusAsync();
        if (!status.IsTerminal)
            return new(status.State.ToString().ToLowerInvariant());
        var result = await job.WaitAsync();
        return new("completed") { Video = result.Value.Video.Url };
    }
    catch (Exception failed) when (failed is ZoetropeException or FormatException)
    {
        // A response, and not an error of the function: Lambda repeats those of asynchronous events, and a job that may exist must not be submitted again.
        return new("failed") { Message = failed.Message, Handle = (failed as IJobFailure)?.Handle?.ToString() };
    }
}
