using Zoetrope.Jobs;

namespace Zoetrope.Protocol.Tests.Sockets;

/// <summary>A request to cancel has the outcome that the provider's own response says, and none that a gateway's page may look like.</summary>
public sealed class CancelResponseTests
{
    private static readonly JobHandle FalJob = new("fal", "fal-ai/some/model", "j");

    [Theory]
    [InlineData(200, """{"status":"OK"}""", CancelOutcome.Requested)]
    [InlineData(202, """{"status":"CANCELLATION_REQUESTED"}""", CancelOutcome.Requested)]
    [InlineData(200, """{"success":true}""", CancelOutcome.Requested)]
    [InlineData(200, "", CancelOutcome.Requested)]
    [InlineData(204, "", CancelOutcome.Requested)]
    [InlineData(202, "null", CancelOutcome.Requested)]
    [InlineData(200, """{"status":"ALREADY_COMPLETED"}""", CancelOutcome.AlreadyCompleted)]
    [InlineData(400, """{"status":"ALREADY_COMPLETED"}""", CancelOutcome.AlreadyCompleted)]
    [InlineData(409, """{"status":"ALREADY_COMPLETED"}""", CancelOutcome.AlreadyCompleted)]
    [InlineData(404, """{"status":"NOT_FOUND"}""", CancelOutcome.NotFound)]
    [InlineData(404, """{"detail":"Request not found"}""", CancelOutcome.NotFound)]
    [InlineData(400, """{"status":"NOT_FOUND"}""", CancelOutcome.NotFound)]
    public async Task Fals_own_word_is_the_outcome(int status, string body, CancelOutcome outcome)
    {
        await using var provider = new ScriptedProvider { Cancels = [new(status, body)] };
        using var fal = provider.Fal();

        Assert.Equal(outcome, await fal.Resume(FalJob).CancelAsync());
    }

    [Theory]
    [InlineData(200, ScriptedProvider.Page)]
    [InlineData(200, """{"success":false}""")]
    [InlineData(200, """{"status":"OK""")]
    [InlineData(404, ScriptedProvider.Page)]
    [InlineData(400, ScriptedProvider.Page)]
    [InlineData(500, """{"status":"NOT_FOUND"}""")]
    [InlineData(503, """{"status":"ALREADY_COMPLETED"}""")]
    [InlineData(302, "")]
    [InlineData(401, """{"detail":"no"}""")]
    public async Task A_response_that_is_not_from_fal_is_not_an_outcome(int status, string body)
    {
        await using var provider = new ScriptedProvider { Cancels = [new(status, body)] };
        using var fal = provider.Fal();

        var exception = await Assert.ThrowsAsync<CancelFailedException>(() => fal.Resume(FalJob).CancelAsync());

        Assert.Equal(FalJob, exception.Handle);
    }
}
