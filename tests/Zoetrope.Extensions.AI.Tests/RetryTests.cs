using Microsoft.Extensions.AI;
using Zoetrope.Extensions.AI.Jobs;
using Zoetrope.Fal.Models;
using Zoetrope.Simulator;

namespace Zoetrope.Extensions.AI.Tests;

/// <summary>A generator of the user's that repeats requests asks whether that would pay twice.</summary>
public sealed class RetryTests
{
    [Theory]
    [InlineData(FaultKind.Status, false, 2)]
    [InlineData(FaultKind.Reset, true, 1)]
    [InlineData(FaultKind.JobFailure, true, 1)]
    public async Task A_request_is_repeated_only_where_no_job_can_exist(FaultKind kind, bool carryOut, int submits)
    {
        await using var studio = await Studio.OpenAsync();
        using var generator = new Repeating(studio.Fal.AsImageGenerator(Flux2Pro.Info, studio.Settings()));
        studio.Simulator.AddFault(new() { Kind = kind, StatusCode = 429, Operation = SimulatorOperation.Submit, CarryOut = carryOut });

        var response = await Record.ExceptionAsync(() => generator.GenerateImagesAsync("A zoetrope"));

        Assert.Equal(submits, studio.Simulator.Submits);
        Assert.Equal(1, studio.Simulator.Counts.Accepted);
        Assert.Equal(submits == 1, response is not null);
    }

    private sealed class Repeating(IImageGenerator inner) : DelegatingImageGenerator(inner)
    {
        public override async Task<ImageGenerationResponse> GenerateAsync(
            ImageGenerationRequest request, ImageGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            for (var left = 3; ; left--)
            {
                try
                {
                    return await base.GenerateAsync(request, options, cancellationToken);
                }
                catch (Exception exception) when (left > 0 && exception.IsSafeToRepeat)
                {
                    // There is no job.
                }
            }
        }
    }
}
