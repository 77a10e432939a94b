namespace Zoetrope.Faults.Tests;

/// <summary>Interim responses (1xx) before the response, and in its setup.</summary>
internal static class InterimFaults
{
    private const string Continue = "HTTP/1.1 100 Continue\r\n\r\n";
    private const string Hints = "HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n";

    public static IEnumerable<Fault> All { get; } =
    [
        Before("100 first", Continue),
        Before("102 first", "HTTP/1.1 102 Processing\r\n\r\n"),
        Before("103 first", Hints),
        Before("150 first", "HTTP/1.1 150 Something\r\n\r\n"),
        Before("103 a hundred times", string.Concat(Enumerable.Repeat(Hints, 100))),
        new("100 before the body is read", Meaning.Good, async stage =>
        {
            await stage.Connection.WriteAsync(Continue);
            await stage.Connection.ReadBodyAsync(stage.Request!);
            await stage.SendAsync(stage.Good);
        }) { Stage = FaultStage.Head, KeepsBytes = true },
        new("103 without an end", Meaning.NoResponse, async stage =>
        {
            while (true)
            {
                await stage.Connection.WriteAsync(Hints);
                await Task.Delay(20);
            }
        }) { Status = 0 },
        new("100 and silence", Meaning.NoResponse, async stage =>
        {
            await stage.Connection.WriteAsync(Continue);
            await stage.Connection.StallAsync();
        }) { Status = 0 },
        new("101", Meaning.Odd, async stage =>
        {
            await stage.Connection.WriteAsync("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
            await stage.Connection.CloseAsync();
        }) { Status = 101 },
        new("101 and silence", Meaning.Odd, async stage =>
        {
            await stage.Connection.WriteAsync("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
            await stage.Connection.StallAsync();
        }) { Status = 101 },
    ];

    private static Fault Before(string name, string interim) => new(name, Meaning.Good, async stage =>
    {
        await stage.Connection.WriteAsync(interim);
        await stage.SendAsync(stage.Good);
    })
    { KeepsBytes = true };
}
