using System.Text;

namespace Zoetrope.Faults.Tests;

/// <summary>Connections that end, or do not go on, at each stage of an exchange.</summary>
internal static class ConnectionFaults
{
    public static IEnumerable<Fault> All { get; } =
    [
        UnreachedFaults.To("nobody listens", RefusingPort.Open),
        At(FaultStage.Accept, "closed before anything is read", connection => connection.CloseAsync()),
        At(FaultStage.Accept, "dropped before anything is read", Dropped),
        At(FaultStage.Accept, "reset before anything is read", WasReset),
        At(FaultStage.Accept, "nothing is read", connection => connection.StallAsync()),
        At(FaultStage.Head, "closed after the head of the request", connection => connection.CloseAsync()),
        At(FaultStage.Head, "dropped after the head of the request", Dropped),
        At(FaultStage.Head, "reset after the head of the request", WasReset),
        At(FaultStage.Head, "stalls after the head of the request", connection => connection.StallAsync()),
        At(FaultStage.Whole, "closed after the request", connection => connection.CloseAsync()),
        At(FaultStage.Whole, "dropped after the request", Dropped),
        At(FaultStage.Whole, "reset after the request", WasReset),
        At(FaultStage.Whole, "stalls after the request", connection => connection.StallAsync()),
        .. Cut("in the status line", stage => Encoding.ASCII.GetBytes("HTTP/1.1 2")),
        .. Cut("after the status line", stage => Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\n")),
        .. Cut("in a header", stage => stage.Good.With(Surroundings.RequestIdHeaders).Head()[..^20]),
        .. Cut("before the last line of the head", stage => stage.Good.With(Surroundings.RequestIdHeaders).Head()[..^2]),
        .. Cut("after the head", stage => stage.Good.With(Surroundings.RequestIdHeaders).Head()),
        .. Cut("in the body", stage => [.. stage.Good.With(Surroundings.RequestIdHeaders).Head(), .. stage.Good.Body[..(stage.Good.Body.Length / 2)]]),
        .. Cut("before the last byte", stage => [.. stage.Good.With(Surroundings.RequestIdHeaders).Head(), .. stage.Good.Body[..^1]], namesJob: true),
        .. Cut(
            "in a chunk",
            stage => [
                .. stage.Good.With(Surroundings.RequestIdHeaders).Head(FramingFaults.Chunked),
                .. Encoding.ASCII.GetBytes($"{stage.Good.Body.Length:x}\r\n"),
                .. stage.Good.Body[..^1]],
            namesJob: true),
        .. Cut("before the last chunk", stage =>
            [.. stage.Good.With(Surroundings.RequestIdHeaders).Head(FramingFaults.Chunked), .. FramingFaults.Chunk(stage.Good.Body)], namesJob: true),
        new("the head drips", Meaning.Odd, async stage =>
        {
            await stage.Connection.DripAsync(stage.Good.With("X-Long: " + new string('a', 400)).Head(), 1, TimeSpan.FromMilliseconds(50));
            await stage.Connection.WriteAsync(stage.Good.Body);
        }),
        new("the body drips", Meaning.Odd, async stage =>
        {
            await stage.Connection.WriteAsync(stage.Good.Head(FramingFaults.Chunked));
            await stage.Connection.WriteAsync(FramingFaults.Chunk(stage.Good.Body));
            for (var i = 0; i < 3000; i++)
                await stage.Connection.DripAsync(FramingFaults.Chunk(" "u8.ToArray()), 16, TimeSpan.FromMilliseconds(40));
            await stage.Connection.WriteAsync("0\r\n\r\n");
        }),
        new("comes in small pieces", Meaning.Good, async stage =>
        {
            await stage.Connection.DripAsync([.. stage.Good.Head(), .. stage.Good.Body], 64, TimeSpan.FromMilliseconds(2));
        }) { KeepsBytes = true },
        new("kept alive, and closed all the same", Meaning.Good, async stage =>
        {
            await stage.SendAsync(stage.Good.With("Connection: keep-alive", "Keep-Alive: timeout=60"));
            await stage.Connection.CloseAsync();
        }) { KeepsBytes = true },
        new("complete and reset", Meaning.Odd, async stage =>
        {
            await stage.SendAsync(stage.Good);
            await Task.Delay(30);
            stage.Connection.Reset();
        }),
        Early("413 while the upload goes on", OfJson(StatusFaults.ErrorBody, 413), Meaning.Refused, close: false),
        Early("413 while the upload goes on, and closed", OfJson(StatusFaults.ErrorBody, 413).With("Connection: close"), Meaning.Refused, close: true),
        Early("401 while the upload goes on, and closed", OfJson(StatusFaults.ErrorBody, 401).With("Connection: close"), Meaning.Refused, close: true),
        Early("503 while the upload goes on, and closed", StatusFaults.Page(503).With("Connection: close"), Meaning.Refused, close: true),
        new("complete before anything is read", Meaning.Odd, async stage =>
        {
            await stage.SendAsync(stage.Good);
            await stage.Connection.CloseAsync();
        }) { Stage = FaultStage.Accept, IsOnce = true },
        new("408 before anything is read", Meaning.Odd, async stage =>
        {
            await stage.SendAsync(StatusFaults.Page(408).With("Connection: close"));
            await stage.Connection.CloseAsync();
        }) { Stage = FaultStage.Accept, Status = 408, IsOnce = true },
    ];

    private static Fault At(FaultStage when, string name, Func<Connection, Task> play) =>
        new(name, Meaning.NoResponse, stage => play(stage.Connection)) { Stage = when, Status = 0 };

    private static Task Dropped(Connection connection)
    {
        connection.Drop();
        return Task.CompletedTask;
    }

    private static Task WasReset(Connection connection)
    {
        connection.Reset();
        return Task.CompletedTask;
    }

    // The same location three times: closed in order, reset, and silent.
    private static IEnumerable<Fault> Cut(string where, Func<Stage, byte[]> part, bool namesJob = false)
    {
        yield return new Fault($"closed {where}", Meaning.NoResponse, async stage =>
        {
            await stage.Connection.WriteAsync(part(stage));
            await stage.Connection.CloseAsync();
        })
        { NamesJob = namesJob, NeedsBody = namesJob };
        yield return new Fault($"reset {where}", Meaning.NoResponse, async stage =>
        {
            await stage.Connection.WriteAsync(part(stage));
            await Task.Delay(50);
            stage.Connection.Reset();
        })
        { MayBeLost = true, NeedsBody = namesJob };
        yield return new Fault($"stalls {where}", Meaning.NoResponse, async stage =>
        {
            await stage.Connection.WriteAsync(part(stage));
            await stage.Connection.StallAsync();
        })
        { NamesJob = namesJob, NeedsBody = namesJob };
    }

    private static Fault Early(string name, CannedResponse response, Meaning means, bool close) => new(name, means, async stage =>
    {
        await stage.SendAsync(response.With(Surroundings.RequestIdHeaders));
        if (close)
            await stage.Connection.CloseAsync();
        else
            await stage.Connection.StallAsync();
    })
    { Stage = FaultStage.Head, Status = response.Status, IsProvidersWord = response.ContentType == "application/json" };
}
