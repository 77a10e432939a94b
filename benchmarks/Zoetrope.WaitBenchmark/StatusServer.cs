using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Zoetrope.WaitBenchmark;

/// <summary>A queue whose jobs go on for ever. It measures how late the polls of each come.</summary>
internal static class StatusServer
{
    /// <summary>The time between two polls.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>The path at which it counts anew.</summary>
    public const string Reset = "/counts/reset";

    /// <summary>The path of its counts: polls, jobs, and the lateness of a poll in milliseconds, as the median and the 99th percentile.</summary>
    public const string Counts = "/counts";

    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, long> Last = new(StringComparer.Ordinal);
    private static readonly List<double> Late = [];
    private static int _polls;

    public static async Task RunAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.Run(RespondAsync);
        await app.StartAsync();
        Console.WriteLine(app.Urls.Single());
        // Until the parent ends, which closes the pipe.
        await Console.In.ReadToEndAsync();
    }

    private static Task RespondAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        var body = path switch
        {
            Reset => Forget(),
            Counts => Report(),
            _ => Poll(path.Split('/')[^2]),
        };
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        return context.Response.BodyWriter.WriteAsync(body).AsTask();
    }

    private static byte[] Poll(string id)
    {
        var now = Stopwatch.GetTimestamp();
        lock (Gate)
        {
            _polls++;
            if (Last.TryGetValue(id, out var last))
                Late.Add((Stopwatch.GetElapsedTime(last, now) - Interval).TotalMilliseconds);
            Last[id] = now;
        }
        return Encoding.UTF8.GetBytes($$"""{"status":"IN_PROGRESS","request_id":"{{id}}","logs":null}""");
    }

    private static byte[] Forget()
    {
        lock (Gate)
        {
            Late.Clear();
            _polls = 0;
        }
        return "{}"u8.ToArray();
    }

    private static byte[] Report()
    {
        lock (Gate)
        {
            Late.Sort();
            var (median, most) = Late.Count == 0 ? (0, 0) : (Late[Late.Count / 2], Late[Late.Count * 99 / 100]);
            return JsonSerializer.SerializeToUtf8Bytes(new StatusCounts(_polls, median, most));
        }
    }
}

/// <summary>What the server has counted.</summary>
/// <param name="Polls">The polls.</param>
/// <param name="Median">How late a poll comes, in milliseconds; half of them come earlier.</param>
/// <param name="Most">The same; 99 of 100 come earlier.</param>
internal sealed record StatusCounts(int Polls, double Median, double Most);
