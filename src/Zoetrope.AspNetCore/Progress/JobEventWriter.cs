using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Zoetrope.Jobs;
using Zoetrope.Json;

namespace Zoetrope.AspNetCore.Progress;

/// <summary>
/// Writes what happens to a job as server-sent events. The id of an event is the number of log lines so far, from which a browser that connects again goes on;
/// the last one has an id of its own.
/// </summary>
internal sealed class JobEventWriter
{
    /// <summary>The media type of the response.</summary>
    public const string MediaType = "text/event-stream";

    /// <summary>The id of the last event.</summary>
    public const string EndId = "end";

    private readonly HttpResponse _response;
    private int _lines;

    private JobEventWriter(HttpResponse response, int lines) => (_response, _lines) = (response, lines);

    /// <summary>Begins the response.</summary>
    /// <param name="context">The request.</param>
    /// <param name="reconnect">The pause of a browser before it connects again.</param>
    /// <param name="lines">The number of log lines that the browser has.</param>
    public static async Task<JobEventWriter> StartAsync(HttpContext context, TimeSpan reconnect, int lines)
    {
        var response = context.Response;
        response.ContentType = MediaType;
        response.Headers.CacheControl = "no-store";
        // Of nginx, and of what behaves like it.
        response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        var writer = new JobEventWriter(response, lines);
        // Even where the app is stopping: a browser does not come back after a response without it.
        await writer.WriteAsync($"retry: {((long)reconnect.TotalMilliseconds).ToString(CultureInfo.InvariantCulture)}\n\n", CancellationToken.None);
        return writer;
    }

    /// <summary>Writes a comment.</summary>
    public Task KeepAliveAsync(CancellationToken ct) => WriteAsync(":\n\n", ct);

    /// <summary>Writes a status, with the log lines that were not written yet.</summary>
    public Task WriteStatusAsync(JobStatus status, CancellationToken ct)
    {
        var first = Math.Min(_lines, status.Logs.Count);
        _lines = Math.Max(_lines, status.Logs.Count);
        return WriteAsync("status", _lines.ToString(CultureInfo.InvariantCulture), Json(json => Write(json, status, first)), ct);
    }

    /// <summary>Writes the result, which is the last event.</summary>
    public Task WriteResultAsync(RawJson result, CancellationToken ct) => WriteAsync("result", EndId, result.Utf8Memory, ct);

    /// <summary>Writes why there is no result, which is the last event.</summary>
    public Task WriteFailureAsync(Exception exception, CancellationToken ct) => WriteAsync("failure", EndId, Json(json => Write(json, exception)), ct);

    private static void Write(Utf8JsonWriter json, JobStatus status, int first)
    {
        json.WriteString("state", status.State.Name());
        if (status.QueuePosition is { } position)
            json.WriteNumber("queuePosition", position);
        if (status.Progress is { } progress)
            json.WriteNumber("progress", progress);
        if (status.ExpectedTime is { } time)
            json.WriteNumber("expectedSeconds", time.TotalSeconds);
        if (status.Logs.Count <= first)
            return;
        json.WriteStartArray("logs");
        foreach (var line in status.Logs.Skip(first))
        {
            json.WriteStartObject();
            json.WriteString("message", line.Message);
            if (line.Level is { } level)
                json.WriteString("level", level);
            if (line.Timestamp is { } timestamp)
                json.WriteString("timestamp", timestamp);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    // What went wrong at the app or between it and the provider is for the log, not for a browser.
    private static void Write(Utf8JsonWriter json, Exception exception)
    {
        var error = (exception as JobFailedException)?.Error;
        var (state, message) = exception switch
        {
            JobFailedException failed => (JobState.Failed.Name(), failed.Error.Message),
            JobCanceledException => (JobState.Canceled.Name(), "The job was canceled."),
            JobResultException => (JobState.Completed.Name(), "The result of the job cannot be read."),
            _ => ("unknown", "The job cannot be followed."),
        };
        json.WriteString("state", state);
        json.WriteString("message", message);
        if (error?.Type is { } type)
            json.WriteString("type", type);
        if (error?.Retryable is { } retryable)
            json.WriteBoolean("retryable", retryable);
    }

    private static ReadOnlyMemory<byte> Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        write(json);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private async Task WriteAsync(string name, string id, ReadOnlyMemory<byte> data, CancellationToken ct)
    {
        Write(_response.BodyWriter, name, id, data.Span);
        await _response.BodyWriter.FlushAsync(ct);
    }

    private static void Write(PipeWriter body, string name, string id, ReadOnlySpan<byte> rest)
    {
        Encoding.UTF8.GetBytes($"event: {name}\nid: {id}\n", body);
        do
        {
            // A line of JSON that came with line breaks is a line of the event.
            var end = rest.IndexOfAny((byte)'\n', (byte)'\r');
            body.Write("data: "u8);
            body.Write(end < 0 ? rest : rest[..end]);
            body.Write("\n"u8);
            rest = end < 0 ? default : rest[(end + 1)..];
        }
        while (!rest.IsEmpty);
        body.Write("\n"u8);
    }

    private async Task WriteAsync(string text, CancellationToken ct)
    {
        Encoding.UTF8.GetBytes(text, _response.BodyWriter);
        await _response.BodyWriter.FlushAsync(ct);
    }
}
