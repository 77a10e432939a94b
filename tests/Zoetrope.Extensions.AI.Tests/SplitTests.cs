using Microsoft.Extensions.AI;
using Zoetrope.Costs;
using Zoetrope.Extensions.AI.Jobs;
using Zoetrope.Fal.Models;
using Zoetrope.Higgsfield;
using Zoetrope.Jobs;
using Zoetrope.Replicate;
using Zoetrope.Simulator;
using Zoetrope.WaveSpeed;

namespace Zoetrope.Extensions.AI.Tests;

/// <summary>More images than a model makes in one job are several jobs, of which none is lost when another one fails.</summary>
public sealed class SplitTests
{
    [Theory]
    [InlineData(1, "1")]
    [InlineData(4, "4")]
    [InlineData(9, "4 4 1")]
    public async Task The_maximum_of_the_model_decides_how_many_jobs_there_are(int count, string parts)
    {
        await using var studio = await Studio.OpenAsync();
        using var generator = studio.WaveSpeed.AsImageGenerator(WavespeedAiFluxDev.Info, studio.Settings());

        var response = await generator.GenerateImagesAsync("A zoetrope", new() { Count = count });

        Assert.Equal(parts.Split(' ').Order(), studio.Inputs.Select(static input => input["num_images"]!.ToJsonString()).Order());
        Assert.Equal(parts.Split(' ').Length, response.Details!.Jobs.Count);
        Assert.Equal(parts.Contains(' '), response.Warnings.Any(warning => warning.Contains($"{count} results in 3 jobs", StringComparison.Ordinal)));
        // The simulator makes one image in each job of this provider.
        var fewer = $"{count} results were asked for, and {response.Contents.Count} came.";
        Assert.Equal(count > 1, response.Warnings.Contains(fewer));
        Assert.Equal(count > 1, studio.Log.Any(line => line.Contains(fewer, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_model_without_a_number_makes_one_image_in_each_job()
    {
        await using var studio = await Studio.OpenAsync();
        using var generator = studio.Fal.AsImageGenerator(Flux2Pro.Info, studio.Settings());
        var options = new ImageGenerationOptions { Count = 3, AdditionalProperties = new() { ["seed"] = 7 } };

        var response = await generator.GenerateImagesAsync("A zoetrope", options);

        Assert.Equal(3, response.Contents.Count);
        Assert.Equal([7, 8, 9], studio.Inputs.Select(static input => (int)input["seed"]!).Order());
        Assert.Contains(response.Warnings, static warning => warning.Contains("3 results in 3 jobs", StringComparison.Ordinal));
        Assert.Contains(response.Warnings, static warning => warning.Contains("Each job has a seed of its own", StringComparison.Ordinal));
        // What belongs to the caller is as it was.
        Assert.Equal(7, options.AdditionalProperties["seed"]);
        Assert.Single(options.AdditionalProperties);
    }

    [Fact]
    public async Task A_number_that_is_given_by_its_name_is_not_split()
    {
        await using var studio = await Studio.OpenAsync();
        using var generator = studio.WaveSpeed.AsImageGenerator(WavespeedAiFluxDev.Info, studio.Settings());

        var response = await generator.GenerateImagesAsync("A zoetrope", new() { Count = 3, AdditionalProperties = new() { ["num_images"] = 2 } });

        Assert.Equal(2, (int)Assert.Single(studio.Inputs)["num_images"]!);
        Assert.Contains("num_images is 2, which was given by its name, and not 3", response.Warnings[0]);
    }

    [Fact]
    public async Task A_file_is_uploaded_once_for_all_jobs()
    {
        await using var studio = await Studio.OpenAsync();
        using var generator = studio.Replicate.AsImageGenerator(BlackForestLabsFlux2Pro.Info, studio.Settings());

        await generator.EditImageAsync(new DataContent(Pictures.Png, "image/png"), "At night", new() { Count = 3 });

        Assert.Equal(1, studio.Simulator.Counts.Uploads);
        Assert.Equal(3, studio.Inputs.Count);
        Assert.Single(studio.Inputs.Select(static input => input["input"]!["input_images"]![0]!.ToJsonString()).Distinct());
    }

    [Fact]
    public async Task An_image_beside_one_that_is_given_by_its_name_is_a_warning_and_is_not_uploaded()
    {
        await using var studio = await Studio.OpenAsync();
        using var generator = studio.Replicate.AsImageGenerator(BlackForestLabsFlux2Pro.Info, studio.Settings());
        var options = new ImageGenerationOptions
        {
            Count = 2,
            AdditionalProperties = new() { ["input_images"] = new[] { "https://example.com/a.png" }, ["prompt"] = "At dawn" },
        };

        var response = await generator.EditImageAsync(new DataContent(Pictures.Png, "image/png"), "At night", options);

        Assert.Equal(0, studio.Simulator.Counts.Uploads);
        Assert.Contains(response.Warnings, static warning => warning.StartsWith("input_images was given by its name", StringComparison.Ordinal));
        Assert.Contains(response.Warnings, static warning => warning.StartsWith("prompt was given by its name", StringComparison.Ordinal));
        Assert.DoesNotContain(response.Warnings, static warning => warning.Contains("At night", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_paid_for_is_in_the_exception_when_a_job_fails()
    {
        await using var studio = await Studio.OpenAsync();
        using var generator = studio.Fal.AsImageGenerator(Flux2Pro.Info, studio.Settings(jobsAtOnce: 1));
        studio.Simulator.AddFault(new() { Kind = FaultKind.JobFailure, FromCall = 3 });

        var exception = await Assert.ThrowsAsync<GenerationException>(() => generator.GenerateImagesAsync("A zoetrope", new() { Count = 5 }));

        // The fifth one is not paid for after that.
        Assert.Equal((3, 2), (studio.Simulator.Submits, exception.NotSubmitted));
        Assert.Equal(3, exception.Jobs.Count);
        Assert.Equal(2, exception.Jobs.Count(static job => job.Result?.Media.Count == 1));
        var failure = Assert.IsType<JobFailedException>(Assert.Single(exception.Failures));
        Assert.Same(failure, exception.InnerException);
        Assert.Equal(failure.Handle, Assert.Single(exception.Jobs, static job => job.Failure is not null).Handle);
        Assert.Contains("Of 5 jobs 2 have a result; 2 were not submitted", exception.Message);
        Assert.Equal(2, exception.ContinuationToken!.Handles.Count);

        // The images that were paid for, without another submit.
        var rest = await generator.GenerateImagesAsync("", new JobImageGenerationOptions { ContinuationToken = exception.ContinuationToken });

        Assert.Equal(2, rest.Contents.Count);
        Assert.Equal(3, studio.Simulator.Submits);
    }

    [Fact]
    public async Task A_submit_in_doubt_is_counted_and_is_not_repeated()
    {
        await using var studio = await Studio.OpenAsync();
        using var generator = studio.Fal.AsImageGenerator(Flux2Pro.Info, studio.Settings(jobsAtOnce: 1));
        studio.Simulator.AddFault(new() { Kind = FaultKind.Reset, Operation = SimulatorOperation.Submit, CarryOut = true, FromCall = 2 });

        var exception = await Assert.ThrowsAsync<GenerationException>(() => generator.GenerateImagesAsync("A zoetrope", new() { Count = 3 }));

        Assert.Equal(2, studio.Simulator.Counts.Accepted);
        Assert.False(Assert.IsType<SubmitException>(Assert.Single(exception.Failures)).WasNotAccepted);
        Assert.Single(exception.Jobs);
        Assert.Contains("Of 3 jobs 1 have a result, and 1 more may exist; 1 were not submitted", exception.Message);
    }

    [Fact]
    public async Task A_submit_in_doubt_that_is_stopped_keeps_its_key()
    {
        await using var studio = await Studio.OpenAsync();
        using var generator = studio.Higgsfield.AsImageGenerator(HiggsfieldAiSoulStandard.Info, studio.Settings());
        // The first one may exist, and pauses before it is repeated with its key; meanwhile the second one is refused.
        studio.Simulator.AddFault(new()
        {
            Kind = FaultKind.Status,
            StatusCode = 503,
            Operation = SimulatorOperation.Submit,
            CarryOut = true,
            Headers = new Dictionary<string, string> { ["Retry-After"] = "30" },
        });
        studio.Simulator.AddFault(new() { Kind = FaultKind.Status, StatusCode = 403, Operation = SimulatorOperation.Submit, FromCall = 2 });

        var exception = await Assert.ThrowsAsync<GenerationException>(() => generator.GenerateImagesAsync("A zoetrope", new() { Count = 2 }));

        Assert.False(exception.IsSafeToRepeat);
        Assert.Equal((0, 1), (exception.NotSubmitted, studio.Simulator.Counts.Accepted));
        Assert.NotNull(Assert.Single(exception.Failures.OfType<SubmitCanceledException>()).IdempotencyKey);
        Assert.Contains("Of 2 jobs 0 have a result, and 1 more may exist.", exception.Message);
    }

    [Fact]
    public async Task A_refusal_of_all_jobs_is_the_exception_of_one()
    {
        await using var studio = await Studio.OpenAsync();
        using var generator = studio.Fal.AsImageGenerator(Flux2Pro.Info, studio.Settings());
        studio.Simulator.AddFault(new() { Kind = FaultKind.Status, StatusCode = 403, Operation = SimulatorOperation.Submit, Times = 10 });

        var exception = await Assert.ThrowsAsync<SubmitException>(() => generator.GenerateImagesAsync("A zoetrope", new() { Count = 3 }));

        Assert.True(exception.WasNotAccepted);
        Assert.Equal(0, studio.Simulator.Counts.Accepted);
    }

    [Fact]
    public async Task A_limit_of_the_cost_is_kept_by_each_job_before_it_is_sent()
    {
        await using var studio = await Studio.OpenAsync();
        var made = new List<SubmitOptions>();
        using var generator = studio.Fal.AsImageGenerator(Flux2Pro.Info, studio.Settings(() =>
        {
            made.Add(new() { MaxCost = new CostLimit(0.001m) });
            return made[^1];
        }));

        await Assert.ThrowsAsync<CostLimitException>(() => generator.GenerateImagesAsync("A zoetrope", new() { Count = 2 }));

        Assert.Equal(0, studio.Simulator.Submits);
        Assert.Equal(made.Count, made.Distinct().Count());
    }

    [Fact]
    public async Task Options_of_one_job_are_not_those_of_another()
    {
        await using var studio = await Studio.OpenAsync();
        var shared = new SubmitOptions();
        using var generator = studio.Fal.AsImageGenerator(Flux2Pro.Info, studio.Settings(() => shared));

        using var editor = studio.Replicate.AsImageGenerator(BlackForestLabsFlux2Pro.Info, studio.Settings(() => shared));
        var picture = new DataContent(Pictures.Png, "image/png");

        await Assert.ThrowsAsync<InvalidOperationException>(() => generator.GenerateImagesAsync("A zoetrope", new() { Count = 2 }));
        await Assert.ThrowsAsync<InvalidOperationException>(() => editor.EditImageAsync(picture, "At night", new() { Count = 2 }));
        Assert.Empty(studio.Simulator.Requests);
        await generator.GenerateImagesAsync("A zoetrope");

        Assert.Equal(CancellationToken.None, shared.Stopping);
    }

    [Fact]
    public async Task A_canceled_request_names_all_jobs()
    {
        await using var studio = await Studio.OpenAsync(TimeSpan.FromMinutes(5));
        using var generator = studio.Fal.AsImageGenerator(Flux2Pro.Info, studio.Settings());
        using var cancellation = new CancellationTokenSource();
        var task = generator.GenerateImagesAsync("A zoetrope", new() { Count = 2 }, cancellation.Token);
        while (studio.Simulator.Counts.Statuses < 4)
            await Task.Delay(5);

        await cancellation.CancelAsync();

        var exception = await Assert.ThrowsAsync<GenerationCanceledException>(() => task);
        Assert.Equal(cancellation.Token, exception.CancellationToken);
        Assert.Equal(2, exception.Jobs.Count);
        Assert.Equal(2, exception.ContinuationToken!.Handles.Count);
        Assert.Equal(0, studio.Simulator.Counts.Cancels);
    }

    [Fact]
    public async Task One_job_fails_as_it_does_without_a_generator()
    {
        await using var studio = await Studio.OpenAsync();
        using var generator = studio.Fal.AsImageGenerator(Flux2Pro.Info, studio.Settings());
        using var canceled = new CancellationTokenSource();
        await canceled.CancelAsync();
        studio.Simulator.AddFault(new() { Kind = FaultKind.JobFailure });

        var failed = await Assert.ThrowsAsync<JobFailedException>(() => generator.GenerateImagesAsync("A zoetrope"));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => generator.GenerateImagesAsync("A zoetrope", null, canceled.Token));

        Assert.Equal("fal-ai/flux-2-pro", failed.Handle.EndpointId);
        Assert.Equal(1, studio.Simulator.Submits);
    }

    [Fact]
    public async Task A_file_that_cannot_be_fetched_loses_no_result()
    {
        await using var studio = await Studio.OpenAsync();
        using var generator = studio.Fal.AsImageGenerator(Flux2Pro.Info, studio.Settings());
        studio.Simulator.AddFault(new() { Kind = FaultKind.Status, StatusCode = 404, Operation = SimulatorOperation.File });
        var options = new JobImageGenerationOptions { ResponseFormat = ImageGenerationResponseFormat.Data };

        var exception = await Assert.ThrowsAsync<GenerationException>(() => generator.GenerateImagesAsync("A zoetrope", options));
        options.ContinuationToken = exception.ContinuationToken;
        var response = await generator.GenerateImagesAsync("A zoetrope", options);

        Assert.Single(Assert.Single(exception.Jobs).Result!.Media);
        Assert.IsType<DataContent>(Assert.Single(response.Contents));
        Assert.Equal(1, studio.Simulator.Submits);
    }
}
