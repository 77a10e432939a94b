// A service that makes videos of pictures: a browser uploads a picture, the service submits the job, streams its progress and shows the video.
// The key is in FAL_KEY, or in the setting Zoetrope:Fal:ApiKey; with FAL_BASE_URL it runs against the simulator. Where fal reaches the service, set PublicUrl
// to its address and FalUserId to the id of your account: then webhooks bring the results of jobs that no page watches.

using System.Collections.Concurrent;
using Zoetrope.AspNetCore;
using Zoetrope.Errors;
using Zoetrope.Extensions.Hosting;
using Zoetrope.Fal;
using Zoetrope.Fal.Models;
using Zoetrope.Jobs;
using Zoetrope.Uploads;
using Zoetrope.Validation;

var builder = WebApplication.CreateSlimBuilder(args);
builder.Services.AddFal();
var app = builder.Build();
var publicUrl = app.Configuration["PublicUrl"];

// The jobs by the ids that pages choose; null while it is not known whether there is one. A service keeps these where they outlive it, such as in a table of
// the user's jobs: a handle resumes a job after a restart, too.
var jobs = new ConcurrentDictionary<Guid, JobHandle?>();
var videos = new ConcurrentDictionary<string, string>();

// What costs money is only for pages of this service: a browser says itself where a request comes from. Webhooks are signed.
app.Use((context, next) => context.Request.Method == HttpMethods.Get || context.Request.Headers["Sec-Fetch-Site"] == "same-origin"
    || context.Request.Path == "/hooks/fal"
    ? next(context)
    : Results.StatusCode(StatusCodes.Status403Forbidden).ExecuteAsync(context));

app.MapGet("/", () => Results.Stream(typeof(Program).Assembly.GetManifestResourceStream("page.html")!, "text/html; charset=utf-8"));

app.MapPost("/videos", async (HttpRequest request, FalClient fal, CancellationToken stop) =>
{
    var form = await request.ReadFormAsync(stop);
    if (form.Files["picture"] is not { Length: > 0 } picture || !Guid.TryParse(form["id"], out var id))
        return Results.Text("Choose a picture.", statusCode: StatusCodes.Status400BadRequest);
    // A form that is sent twice makes one video.
    if (!jobs.TryAdd(id, null))
        return jobs.TryGetValue(id, out var known) && known is null ? InDoubt() : Results.Text("The video was ordered before.");
    try
    {
        await using var content = picture.OpenReadStream();
        // The picture is validated, uploaded, and part of the request. A submit is not stopped when the browser goes away: its page finds the job by the id.
        var job = await fal.KlingVideoO3ProImageToVideo.SubmitAsync(new()
        {
            ImageUrl = UploadFile.FromStream(content, picture.FileName),
            Prompt = form["prompt"],
            Duration = KlingVideoO3ProImageToVideo.Duration.Seconds5,
        }, new() { WebhookUrl = publicUrl is null ? null : new Uri(new Uri(publicUrl), "/hooks/fal") });
        jobs[id] = job.Handle;
        return Results.Text("The video was ordered.");
    }
    catch (RequestValidationException invalid)
    {
        // Nothing was sent: the message names each parameter and its problem.
        jobs.TryRemove(id, out _);
        return Results.Text(invalid.Message, statusCode: StatusCodes.Status400BadRequest);
    }
    catch (SubmitException accepted) when (accepted.Handle is not null)
    {
        // The response broke off after it had named the job.
        jobs[id] = accepted.Handle;
        return Results.Text("The video was ordered.");
    }
    catch (SubmitException unknown) when (!unknown.WasNotAccepted)
    {
        app.Logger.LogError(unknown, "A job may have been submitted.");
        return InDoubt();
    }
    catch (ZoetropeException failed)
    {
        jobs.TryRemove(id, out _);
        app.Logger.LogError(failed, "The job was not submitted.");
        return Results.Text("The provider cannot make the video now.", statusCode: StatusCodes.Status502BadGateway);
    }
});

app.MapGet("/videos/{id}/progress", (Guid id, FalClient fal) => jobs.TryGetValue(id, out var handle) && handle is not null
    ? Results.Extensions.JobProgress(fal.KlingVideoO3ProImageToVideo.Resume(handle), new() { IncludeLogs = true })
    : Results.NotFound());

app.MapDelete("/videos/{id}", async (Guid id, FalClient fal) =>
{
    if (!jobs.TryGetValue(id, out var handle) || handle is null)
        return Results.NotFound();
    return Results.Text((await fal.KlingVideoO3ProImageToVideo.Resume(handle).CancelAsync()).ToString());
});

if (publicUrl is not null)
{
    app.MapFalWebhook<KlingVideoO3ProImageToVideo.Result>("/hooks/fal", async (delivery, context) =>
    {
        try
        {
            var fal = context.RequestServices.GetRequiredService<FalClient>();
            var result = await delivery.GetResultAsync(fal.KlingVideoO3ProImageToVideo);
            videos[delivery.JobId] = result.Value.Video.Url;
            app.Logger.LogInformation("The video of {Job} is ready.", delivery.JobId);
        }
        catch (JobFailedException failed)
        {
            app.Logger.LogError(failed, "The job {Job} failed.", delivery.JobId);
        }
    }, new()
    {
        UserIds = [app.Configuration["FalUserId"] ?? throw new InvalidOperationException("Set FalUserId to the id of your account beside PublicUrl.")],
    });
}

// What is known of a video: nothing (404), not whether there is a job (409), that there is one (202), or where it is.
app.MapGet("/videos/{id}", (Guid id) => jobs.TryGetValue(id, out var handle) switch
{
    false => Results.NotFound(),
    _ when handle is null => InDoubt(),
    _ when videos.TryGetValue(handle.JobId, out var url) => Results.Redirect(url),
    _ => Results.Accepted(),
});

app.Run();

static IResult InDoubt() =>
    Results.Text("It is not known whether the video is being made. Do not order it again yet.", statusCode: StatusCodes.Status409Conflict);
