// A function of AWS Lambda as a native program, for its runtime provided.al2023. Each event is one short step, so that nobody pays for a function that waits:
//   {"picture": "https://example.com/a.png", "prompt": "She turns"}   submits a job: {"state": "submitted", "handle": "fal:…"}
//   {"handle": "fal:…"}   requests its status: {"state": "running"}, and at the end {"state": "completed", "video": "https://…"}
// "invalid" and "failed" are ends as well. After "unknown" a job may exist: send its handle if there is one, and never the picture again by a program.
// The key is in FAL_KEY; with FAL_BASE_URL it runs against the simulator.

using VideoFunction;
using Zoetrope.Errors;
using Zoetrope.Fal;
using Zoetrope.Fal.Models;
using Zoetrope.Jobs;
using Zoetrope.Validation;

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
            return new("invalid") { Message = "An event has a picture and a prompt, or a handle." };

        var job = model.Resume(JobHandle.Parse(handle));
        var status = await job.GetStatusAsync();
        if (!status.IsTerminal)
            return new(status.State.ToString().ToLowerInvariant());
        var result = await job.WaitAsync();
        return new("completed") { Video = result.Value.Video.Url };
    }
    // Responses, and not errors of the function: Lambda repeats those of asynchronous events, and a job that may exist must not be submitted again.
    catch (Exception invalid) when (invalid is RequestValidationException or FormatException)
    {
        return new("invalid") { Message = invalid.Message };
    }
    catch (SubmitException submit)
    {
        return new(submit.WasNotAccepted ? "failed" : "unknown") { Message = submit.Message, Handle = submit.Handle?.ToString() };
    }
    catch (Exception ended) when (ended is JobFailedException or JobCanceledException)
    {
        return new("failed") { Message = ended.Message, Handle = order.Handle };
    }
    catch (ZoetropeException failed)
    {
        // Of a status: the job goes on, and the same event may be sent again.
        return new("unknown") { Message = failed.Message, Handle = order.Handle };
    }
}
