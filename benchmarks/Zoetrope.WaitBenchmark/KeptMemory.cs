using System.Net;
using System.Text;
using System.Text.Json;

namespace Zoetrope.WaitBenchmark;

/// <summary>What waits keep where no connection counts: a handler in the process responds after it has yielded.</summary>
/// <param name="Heap">The bytes that a wait keeps on the managed heap.</param>
/// <param name="Resident">The resident bytes of the process for each wait.</param>
internal sealed record KeptMemory(double Heap, double Resident)
{
    private const int Looks = 5;

    /// <summary>Prints what so many waits of a client keep, and ends the process.</summary>
    public static async Task RunAsync(string client, int count)
    {
        var wait = Clients.WaitOf(client, new Uri("http://localhost"), new YieldingHandler());
        // What is made once is not of a wait.
        _ = wait("first");
        await Task.Delay(StatusServer.Interval * 1.5);

        var (heap, _, resident) = InFlight.Memory();
        var waits = new InFlight();
        await waits.BeginAsync(wait, count);
        var looks = new List<KeptMemory>();
        for (var i = 0; i < Looks; i++)
        {
            // Polls that were due during a collection are done first.
            await Task.Delay(StatusServer.Interval / 2);
            var (heapNow, _, residentNow) = InFlight.Memory();
            looks.Add(new((heapNow - heap) / (double)count, (residentNow - resident) / (double)count));
        }
        await waits.RequireAllAsync();
        Console.WriteLine(JsonSerializer.Serialize(looks.OrderBy(look => look.Heap).ElementAt(Looks / 2)));
        Environment.Exit(0);
    }

    private sealed class YieldingHandler : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Yield();
            var body = Encoding.UTF8.GetBytes($$"""{"status":"IN_PROGRESS","request_id":"{{request.RequestUri!.Segments[^2].TrimEnd('/')}}","logs":null}""");
            return new(HttpStatusCode.OK)
            {
                RequestMessage = request,
                Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } },
            };
        }
    }
}
