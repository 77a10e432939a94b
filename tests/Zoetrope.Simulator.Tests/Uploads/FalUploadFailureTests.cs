using Zoetrope.Errors;
using Zoetrope.Fal;
using Zoetrope.Uploads;

namespace Zoetrope.Simulator.Tests.Uploads;

/// <summary>Uploads to fal that fail: nothing is stored twice, and what may remain is said truly.</summary>
public sealed class FalUploadFailureTests
{
    private const int MiB = 1024 * 1024;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_handler_that_repeats_does_not_store_a_file_twice_at_the_cdn()
    {
        await using var simulator = await MediaSimulator.StartAsync(cancellationToken: Token);
        simulator.AddFault(new SimulatorFault { Kind = FaultKind.Status, StatusCode = 503, PathPrefix = "/files/upload", CarryOut = true });
        using var http = new HttpClient(new Repeating());
        using var fal = Client(simulator, options => options.HttpClient = http);

        var exception = await Assert.ThrowsAsync<UploadException>(
            () => fal.Files.UploadAsync(UploadFile.FromBytes([1], "a.png"), new FalUploadOptions { Route = FalUploadRoute.Cdn }, Token));

        Assert.Equal((UploadStep.Transfer, UploadRemains.Unknown), (exception.Step, exception.Remains));
        Assert.Equal(TransportFailure.Repeated, Assert.IsType<TransportException>(exception.InnerException).Failure);
        Assert.Equal(["/storage/auth/token", "/files/upload"], simulator.Requests.Select(request => request.Path));
    }

    [Theory]
    [InlineData(FalUploadRoute.Presigned)]
    [InlineData(FalUploadRoute.Cdn)]
    public async Task A_file_that_cannot_be_read_is_not_tried_by_the_other_way(FalUploadRoute route)
    {
        await using var simulator = await MediaSimulator.StartAsync(cancellationToken: Token);
        using var fal = Client(simulator);
        await using var source = new Unreadable();

        var exception = await Assert.ThrowsAsync<UploadException>(
            () => fal.Files.UploadAsync(UploadFile.FromStream(source, "a.png"), new FalUploadOptions { Route = route }, Token));

        Assert.Equal((UploadStep.Transfer, UploadRemains.Nothing, 1), (exception.Step, exception.Remains, source.Reads));
        Assert.DoesNotContain("by the other way", exception.Message);
    }

    [Fact]
    public async Task A_wait_for_the_token_of_another_upload_ends_with_the_callers_cancellation()
    {
        await using var simulator = await MediaSimulator.StartAsync(cancellationToken: Token);
        simulator.AddFault(new SimulatorFault { Kind = FaultKind.Hang, PathPrefix = "/storage/auth/token", Times = 1000 });
        using var fal = Client(simulator);
        var options = new FalUploadOptions { Route = FalUploadRoute.Cdn, Fallback = false };
        using var ends = new CancellationTokenSource();
        var first = fal.Files.UploadAsync(UploadFile.FromBytes([1], "a.png"), options, ends.Token);
        using var source = new CancellationTokenSource(TimeSpan.FromSeconds(1));

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => fal.Files.UploadAsync(UploadFile.FromBytes([1], "b.png"), options, source.Token));
        await ends.CancelAsync();
        var other = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);

        Assert.Equal((source.Token, ends.Token), (exception.CancellationToken, other.CancellationToken));
        Assert.Single(simulator.Requests);
    }

    [Fact]
    public async Task A_wait_for_the_token_of_another_upload_ends_with_the_time_of_the_upload()
    {
        await using var simulator = await MediaSimulator.StartAsync(cancellationToken: Token);
        simulator.AddFault(new SimulatorFault { Kind = FaultKind.Hang, PathPrefix = "/storage/auth/token", Times = 1000 });
        using var fal = Client(simulator, options => options.TransferTimeout = TimeSpan.FromSeconds(2));
        var options = new FalUploadOptions { Route = FalUploadRoute.Cdn };

        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Assert.ThrowsAsync<UploadException>(
            () => fal.Files.UploadAsync(UploadFile.FromBytes([1], "a.png"), options, Token))));

        Assert.All(both, exception => Assert.Equal((UploadStep.Initiate, UploadRemains.Nothing), (exception.Step, exception.Remains)));
        Assert.All(both, exception => Assert.Contains("did not complete within 00:00:02", exception.Message));
    }

    [Theory]
    [InlineData(FalUploadRoute.Presigned)]
    [InlineData(FalUploadRoute.Cdn)]
    public async Task Parts_of_which_no_file_was_made_exist(FalUploadRoute route)
    {
        await using var simulator = await MediaSimulator.StartAsync(cancellationToken: Token);
        simulator.AddFault(new SimulatorFault { Kind = FaultKind.Status, StatusCode = 400, Method = "POST", PathPrefix = "/files/uploads/", Times = 1000 });
        using var fal = Client(simulator);
        var options = new FalUploadOptions { Route = route, PartsAbove = 0, PartBytes = 5 * MiB };

        var exception = await Assert.ThrowsAsync<UploadException>(
            () => fal.Files.UploadAsync(UploadFile.FromStream(new Zeros(6 * MiB), "a.mp4"), options, Token));

        Assert.Equal((UploadStep.Complete, UploadRemains.Parts), (exception.Step, exception.Remains));
        Assert.Contains("Parts of it exist at fal, but no file.", exception.Message);
    }

    private static FalClient Client(MediaSimulator simulator, Action<FalClientOptions>? change = null)
    {
        var options = new FalClientOptions { ApiKey = "id:secret", BaseUrl = simulator.BaseUrl, Jitter = new Random(1) };
        change?.Invoke(options);
        return new FalClient(options);
    }

    private sealed class Unreadable() : MemoryStream(new byte[1000])
    {
        public int Reads { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Reads++;
            throw new InvalidDataException("the archive is damaged");
        }
    }

    /// <summary>Sends a request a second time after an error, whatever its method.</summary>
    private sealed class Repeating() : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if ((int)response.StatusCode < 500)
                return response;
            response.Dispose();
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
