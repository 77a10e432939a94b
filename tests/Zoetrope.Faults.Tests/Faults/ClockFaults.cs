namespace Zoetrope.Faults.Tests;

/// <summary>The client's time of day jumps while a call is under way, as when a machine's clock is set. Time that has passed is measured otherwise.</summary>
internal static class ClockFaults
{
    private static readonly TimeSpan _hour = TimeSpan.FromHours(1);

    // Enough for what was sent to be read, and less than any pause of the clients.
    private static readonly TimeSpan _moment = TimeSpan.FromMilliseconds(20);

    private static readonly (string Name, TimeSpan[] Steps)[] _jumps =
    [
        ("ahead an hour", [_hour]),
        ("back an hour", [-_hour]),
        ("ahead an hour and back", [_hour, -_hour]),
    ];

    public static IEnumerable<Fault> All { get; } =
    [
        .. _jumps.Select(jump => Of($"{jump.Name} while the request is sent", Meaning.Good, async stage =>
        {
            await JumpAsync(stage, jump.Steps);
            await stage.Connection.ReadBodyAsync(stage.Request!);
            await stage.SendAsync(stage.Good);
        }) with { Stage = FaultStage.Head, KeepsBytes = true }),
        .. _jumps.Select(jump => Of($"{jump.Name} before the response", Meaning.Good, async stage =>
        {
            await JumpAsync(stage, jump.Steps);
            await stage.SendAsync(stage.Good);
        }) with { KeepsBytes = true }),
        .. _jumps.Select(jump => Of($"{jump.Name} in the body", Meaning.Good, async stage =>
        {
            await stage.Connection.WriteAsync(stage.Good.Head());
            await JumpAsync(stage, jump.Steps);
            await stage.Connection.WriteAsync(stage.Good.Body);
        }) with { KeepsBytes = true }),
        .. _jumps.Select(jump => Of($"{jump.Name} after the response", Meaning.Good, async stage =>
        {
            await stage.SendAsync(stage.Good);
            await JumpAsync(stage, jump.Steps);
        }) with { KeepsBytes = true }),
        .. _jumps.Select(jump => Of($"{jump.Name}, and silence", Meaning.NoResponse, async stage =>
        {
            await JumpAsync(stage, jump.Steps);
            await stage.Connection.StallAsync();
        }) with { Status = 0, IsSilence = true }),
        .. _jumps.Select(jump => Busy($"{jump.Name}, and 503", jump.Steps, 503, "Retry-After: 1")),
        // The jump comes while the client waits.
        .. _jumps.Select(jump => Busy($"{jump.Name} after 429", jump.Steps, 429, "Retry-After: 30")),
        .. _jumps.Select(jump => Busy($"{jump.Name} after 425 without a time", jump.Steps, 425)),
    ];

    private static Fault Busy(string name, TimeSpan[] jumps, int status, params string[] headers)
    {
        var response = OfJson(StatusFaults.ErrorBody, status).With([.. Surroundings.RequestIdHeaders, .. headers]);
        return Of(name, Meaning.Refused, PlayAsync) with { Status = status, IsProvidersWord = true };

        async Task PlayAsync(Stage stage)
        {
            await stage.SendAsync(response);
            await JumpAsync(stage, jumps);
        }
    }

    private static Fault Of(string name, Meaning means, Func<Stage, Task> play) => new($"clock: {name}", means, play) { NeedsPlay = true };

    private static async Task JumpAsync(Stage stage, TimeSpan[] steps)
    {
        foreach (var step in steps)
        {
            await Task.Delay(_moment);
            stage.Around.Time.Jump(step);
        }
        await Task.Delay(_moment);
    }
}
