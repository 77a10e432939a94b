using System.Text;
using static Zoetrope.Faults.Tests.Http2Connection;

namespace Zoetrope.Faults.Tests;

/// <summary>The faults that are HTTP/2's own.</summary>
internal static class Http2Faults
{
    private const int NoError = 0, ProtocolError = 1, InternalError = 2, RefusedStream = 7, Cancel = 8, EnhanceYourCalm = 11, Http11Required = 13;

    public static IReadOnlyList<Http2Fault> All { get; } =
    [
        Good("h2: good", stage => stage.Connection.RespondAsync(stage.Stream, stage.Good)),
        Good("h2: in frames of one byte", stage => stage.Connection.RespondAsync(stage.Stream, stage.Good, size: 1)),
        Good("h2: 103 first", async stage =>
        {
            await stage.Connection.HeadAsync(stage.Stream, new CannedResponse(103, []) { HasContentType = false });
            await stage.Connection.RespondAsync(stage.Stream, stage.Good);
        }),
        Good("h2: trailers", async stage =>
        {
            await stage.Connection.HeadAsync(stage.Stream, stage.Good);
            await stage.Connection.WriteAsync(Data, 0, stage.Stream, stage.Good.Body);
            await stage.Connection.WriteAsync(Headers, EndHeaders | EndStream, stage.Stream, Hpack.Encode([("x-checksum", "1")]));
        }),
        Good("h2: padding", async stage =>
        {
            await stage.Connection.HeadAsync(stage.Stream, stage.Good);
            await stage.Connection.WriteAsync(Data, Padded | EndStream, stage.Stream, [200, .. stage.Good.Body, .. new byte[200]]);
        }),
        // RFC 9113 says to ignore them; .NET's client ends the connection.
        Frames("unknown frames", async stage =>
        {
            await stage.Connection.WriteAsync(0xE5, 0xFF, stage.Stream, new byte[100]);
            await stage.Connection.RespondAsync(stage.Stream, stage.Good);
        }),
        Good("h2: 200 pings", async stage =>
        {
            for (var i = 0; i < 200; i++)
                await stage.Connection.WriteAsync(Ping, 0, 0, new byte[8]);
            await stage.Connection.RespondAsync(stage.Stream, stage.Good);
        }),
        Good("h2: goes away in order, and responds", async stage =>
        {
            await stage.Connection.GoAwayAsync(stage.Stream, NoError);
            await stage.Connection.RespondAsync(stage.Stream, stage.Good);
        }),
        Good("h2: announces to go away, and responds", async stage =>
        {
            await stage.Connection.GoAwayAsync(int.MaxValue, NoError);
            await stage.Connection.RespondAsync(stage.Stream, stage.Good);
        }),
        Good("h2: complete, and the stream reset without an error", async stage =>
        {
            await stage.Connection.RespondAsync(stage.Stream, stage.Good);
            await stage.Connection.ResetStreamAsync(stage.Stream, NoError);
        }),
        .. ((int[])[NoError, ProtocolError, InternalError, 3, 5, Cancel, 9, EnhanceYourCalm, 12, Http11Required, 255]).Select(error =>
            Silent($"h2: the stream is reset with {error}", stage => stage.Connection.ResetStreamAsync(stage.Stream, error))),
        Silent(
            "h2: the stream is reset after the head of the request",
            stage => stage.Connection.ResetStreamAsync(stage.Stream, InternalError),
            FaultStage.Head),
        Unread("h2: the stream is refused", stage => stage.Connection.ResetStreamAsync(stage.Stream, RefusedStream), FaultStage.Whole),
        Unread("h2: the stream is refused after its head", stage => stage.Connection.ResetStreamAsync(stage.Stream, RefusedStream), FaultStage.Head),
        Unread("h2: goes away without having looked", async stage =>
        {
            await stage.Connection.GoAwayAsync(0, NoError);
            await stage.Connection.CloseAsync();
        }, FaultStage.Whole),
        Unread("h2: goes away without having looked, at the head", async stage =>
        {
            await stage.Connection.GoAwayAsync(0, NoError);
            await stage.Connection.CloseAsync();
        }, FaultStage.Head),
        Unread("h2: goes away annoyed", async stage =>
        {
            await stage.Connection.GoAwayAsync(0, EnhanceYourCalm);
            await stage.Connection.CloseAsync();
        }, FaultStage.Whole),
        Silent("h2: goes away with the request", async stage =>
        {
            await stage.Connection.GoAwayAsync(stage.Stream, InternalError);
            await stage.Connection.CloseAsync();
        }),
        Silent("h2: goes away in order with the request", async stage =>
        {
            await stage.Connection.GoAwayAsync(stage.Stream, NoError);
            await stage.Connection.CloseAsync();
        }),
        Silent("h2: goes away in order, and stalls", async stage =>
        {
            await stage.Connection.GoAwayAsync(stage.Stream, NoError);
            await stage.Connection.StallAsync();
        }),
        Silent("h2: closed after the request", stage => stage.Connection.CloseAsync()),
        Silent("h2: closed after the head of the request", stage => stage.Connection.CloseAsync(), FaultStage.Head),
        Silent("h2: reset after the request", Dead),
        Silent("h2: reset after the head of the request", Dead, FaultStage.Head),
        Silent("h2: stalls after the request", stage => stage.Connection.StallAsync()),
        Silent("h2: closed before anything is read", stage => stage.Connection.CloseAsync(), FaultStage.Accept),
        Silent("h2: reset before anything is read", Dead, FaultStage.Accept),
        Silent("h2: stalls before anything is read", stage => stage.Connection.StallAsync(), FaultStage.Accept),
        Silent("h2: HTTP/1.1 in response", async stage =>
        {
            await stage.Connection.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
            await stage.Connection.CloseAsync();
        }, FaultStage.Accept),
        .. AfterHalf("the stream is reset", stage => stage.Connection.ResetStreamAsync(stage.Stream, InternalError)),
        .. AfterHalf("closed", stage => stage.Connection.CloseAsync()),
        .. AfterHalf("stalls", stage => stage.Connection.StallAsync()),
        Frames(
            "headers without a status",
            stage => stage.Connection.WriteAsync(Headers, EndHeaders | EndStream, stage.Stream, Hpack.Encode([("content-type", "application/json")]))),
        Frames(
            "a status that is not a number",
            stage => stage.Connection.WriteAsync(Headers, EndHeaders | EndStream, stage.Stream, Hpack.Encode([(":status", "abc")]))),
        Frames(
            "headers that cannot be unpacked",
            stage => stage.Connection.WriteAsync(Headers, EndHeaders, stage.Stream, [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF])),
        Frames("a body before its head", stage => stage.Connection.WriteAsync(Data, EndStream, stage.Stream, stage.Good.Body)),
        Frames("a frame of 1 MB", stage => stage.Connection.WriteAsync(Data, 0, stage.Stream, new byte[1_000_000])),
        Frames(
            "a promise",
            stage => stage.Connection.WriteAsync(
                PushPromise,
                EndHeaders,
                stage.Stream,
                [0, 0, 0, 2, .. Hpack.Encode([(":method", "GET"), (":path", "/"), (":scheme", "http"), (":authority", stage.Around.Foreign.Authority)])])),
        Frames("a continuation of nothing", stage => stage.Connection.WriteAsync(Continuation, EndHeaders, stage.Stream, [])),
        Frames("a window that does not grow", stage => stage.Connection.WriteAsync(WindowUpdate, 0, stage.Stream, new byte[4])),
        Frames("settings that are cut", stage => stage.Connection.WriteAsync(Settings, 0, 0, [0, 1, 2])),
        Frames("noise", stage => stage.Connection.WriteAsync([.. Enumerable.Range(0, 4096).Select(index => (byte)(index * 197 >> 3))])),
        .. ((int[])[400, 401, 404, 422, 429, 500, 503]).Select(status => new Http2Fault(
            new Fault($"h2: {status}", Meaning.Refused, _ => Task.CompletedTask) { Status = status, IsProvidersWord = true },
            stage => stage.Connection.RespondAsync(stage.Stream, OfJson(StatusFaults.ErrorBody, status).With(Surroundings.RequestIdHeaders)))),
        .. ((int[])[302, 307, 308]).Select(status => new Http2Fault(
            new Fault($"h2: {status} to another origin", Meaning.Elsewhere, _ => Task.CompletedTask) { Status = status },
            stage => stage.Connection.RespondAsync(stage.Stream, new CannedResponse(status, []).With($"Location: {stage.Around.Foreign}taken")))),
    ];

    private static Http2Fault Good(string name, Func<Http2Stage, Task> play) =>
        new(new Fault(name, Meaning.Good, _ => Task.CompletedTask) { KeepsBytes = true }, play);

    private static Http2Fault Silent(string name, Func<Http2Stage, Task> play, FaultStage when = FaultStage.Whole) =>
        new(new Fault(name, Meaning.NoResponse, _ => Task.CompletedTask) { Stage = when, Status = 0, MayBeLost = true }, play);

    // The protocol says that such a request was not acted upon, so that anything may send it again.
    private static Http2Fault Unread(string name, Func<Http2Stage, Task> play, FaultStage when) => Silent(name, stage =>
    {
        stage.Request!.WasRefusedUnread = true;
        return play(stage);
    }, when);

    private static IEnumerable<Http2Fault> AfterHalf(string what, Func<Http2Stage, Task> play)
    {
        yield return new Http2Fault(new Fault($"h2: {what} after the head", Meaning.NoResponse, _ => Task.CompletedTask) { MayBeLost = true }, async stage =>
        {
            await stage.Connection.HeadAsync(stage.Stream, stage.Good);
            await play(stage);
        });
        yield return new Http2Fault(new Fault($"h2: {what} in the body", Meaning.NoResponse, _ => Task.CompletedTask) { MayBeLost = true }, async stage =>
        {
            await stage.Connection.HeadAsync(stage.Stream, stage.Good);
            await stage.Connection.WriteAsync(Data, 0, stage.Stream, stage.Good.Body[..(stage.Good.Body.Length / 2)]);
            await play(stage);
        });
    }

    // Frames that the protocol forbids; what the client makes of them is its own matter, but for paying twice.
    private static Http2Fault Frames(string name, Func<Http2Stage, Task> play) =>
        new(new Fault($"h2: {name}", Meaning.Odd, _ => Task.CompletedTask) { Status = 0, MayBeLost = true }, async stage =>
    {
        await play(stage);
        await stage.Connection.CloseAsync();
    });

    private static Task Dead(Http2Stage stage)
    {
        stage.Connection.Reset();
        return Task.CompletedTask;
    }
}
