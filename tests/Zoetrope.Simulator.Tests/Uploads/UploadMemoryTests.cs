using System.Diagnostics;
using Zoetrope.Fal;
using Zoetrope.Uploads;

namespace Zoetrope.Simulator.Tests.Uploads;

/// <summary>
/// What an upload takes of memory and time. A file of any size is read while it is sent. The whole measurement, 2 GB beside <c>curl -T</c>, and 1,000 small
/// files, runs where <c>ZOETROPE_MEASURE_UPLOADS</c> is set.
/// </summary>
[Collection(nameof(UploadMemoryTests))]
[CollectionDefinition(nameof(UploadMemoryTests), DisableParallelization = true)]
public sealed class UploadMemoryTests(ITestOutputHelper output)
{
    private const long MiB = 1024 * 1024;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(FalUploadRoute.Presigned, null)]
    [InlineData(FalUploadRoute.Presigned, 0L)]
    [InlineData(FalUploadRoute.Cdn, 0L)]
    public async Task A_file_is_not_in_memory(FalUploadRoute route, long? partsAbove)
    {
        const long Size = 80 * MiB;
        await using var simulator = await MediaSimulator.StartAsync(cancellationToken: Token);
        using var fal = simulator.Fal();
        var options = new FalUploadOptions { Route = route, PartsAbove = partsAbove };
        // The first upload fills pools.
        await fal.Files.UploadAsync(UploadFile.FromStream(new Zeros(12 * MiB), "a.mp4"), options, Token);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var most = 0L;
        options.Progress = new Inline(_ => most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: false)));

        await fal.Files.UploadAsync(UploadFile.FromStream(new Zeros(Size), "a.mp4"), options, Token);

        // The simulator, which hashes what it receives and keeps at most 16 MB of it, is in this process too.
        output.WriteLine($"{(most - before) / MiB} MiB over what was there, for {Size / MiB} MiB");
        Assert.InRange(most - before, 0, 64 * MiB);
    }

    [Fact]
    public async Task Two_gigabytes_beside_curl()
    {
        SkipUnlessMeasured();
        const long Size = 2048 * MiB;
        await using var simulator = await MediaSimulator.StartAsync(cancellationToken: Token);
        using var fal = simulator.Fal();
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "a.mp4");
        await using (var file = File.Create(path))
            file.SetLength(Size);
        var idle = Process.GetCurrentProcess().WorkingSet64;
        var peak = 0L;
        var best = TimeSpan.MaxValue;
        var bestOfCurl = TimeSpan.MaxValue;
        for (var round = 0; round < 3; round++)
        {
            var options = new FalUploadOptions
            {
                PartsAbove = long.MaxValue,
                Progress = new Inline(progress =>
                {
                    if (progress.Sent % (64 * MiB) == 0)
                        peak = Math.Max(peak, Process.GetCurrentProcess().WorkingSet64);
                }),
            };
            var clock = Stopwatch.StartNew();
            await fal.Files.UploadAsync(UploadFile.FromFile(path), options, Token);
            best = clock.Elapsed < best ? clock.Elapsed : best;
            var address = await AddressAsync(simulator);
            clock.Restart();
            using var curl = Process.Start(new ProcessStartInfo("curl", ["-s", "-f", "-T", path, "-H", "Content-Type: video/mp4", address]))!;
            await curl.WaitForExitAsync(Token);
            Assert.Equal(0, curl.ExitCode);
            bestOfCurl = clock.Elapsed < bestOfCurl ? clock.Elapsed : bestOfCurl;
        }
        output.WriteLine($"{best} (curl {bestOfCurl}), {(peak - idle) / MiB} MiB over the idle process, which has the simulator in it");
        Assert.InRange(peak - idle, long.MinValue, 32 * MiB);
        Assert.True(bestOfCurl / best >= 0.9, $"{bestOfCurl / best:0.00} × the speed of curl");
    }

    [Fact]
    public async Task A_thousand_small_files()
    {
        SkipUnlessMeasured();
        await using var simulator = await MediaSimulator.StartAsync(cancellationToken: Token);
        using var fal = simulator.Fal();
        var content = new byte[20_000];
        await fal.Files.UploadAsync(UploadFile.FromBytes(content, "a.png"), cancellationToken: Token);
        var clock = Stopwatch.StartNew();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 1000), new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Token },
            async (_, ct) => await fal.Files.UploadAsync(UploadFile.FromBytes(content, "a.png"), cancellationToken: ct));
        output.WriteLine($"1,000 files of 20 kB in {clock.Elapsed}");
        Assert.Equal(2002, simulator.Counts.Uploads);
    }

    private static void SkipUnlessMeasured() =>
        Assert.SkipUnless(Environment.GetEnvironmentVariable("ZOETROPE_MEASURE_UPLOADS") is { Length: > 0 }, "ZOETROPE_MEASURE_UPLOADS is not set");

    private static async Task<string> AddressAsync(MediaSimulator simulator)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(simulator.BaseUrl, "/storage/upload/initiate?storage_type=fal-cdn-v3"));
        request.Headers.Add("Authorization", "Key a:b");
        request.Content = new StringContent("""{"content_type":"video/mp4","file_name":"a.mp4"}""");
        using var response = await http.SendAsync(request, Token);
        return (string)System.Text.Json.Nodes.JsonNode.Parse(await response.Content.ReadAsStringAsync(Token))!["upload_url"]!;
    }
}
