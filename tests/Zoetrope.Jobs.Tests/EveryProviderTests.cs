using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Zoetrope.Clients;
using Zoetrope.Json;
using Zoetrope.Models;
using Zoetrope.Simulator;

namespace Zoetrope.Jobs.Tests;

/// <summary>Every declared provider against the simulator: its generated client, and the simulator's reading of the same declaration.</summary>
public sealed partial class EveryProviderTests
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The declarations, by their path in the repository.</summary>
    public static TheoryData<string> Declarations => [.. DeclaredProvider.Declarations];

    [Theory]
    [MemberData(nameof(Declarations))]
    public async Task Every_model_runs_to_a_typed_result_whose_files_are_there(string declaration)
    {
        await using var simulator = await StartAsync(declaration, TimeSpan.Zero);
        using var client = Client(declaration, simulator, out var description);
        using var http = new HttpClient();

        foreach (var model in description.Models)
        {
            var job = await client.SubmitAsync(model.Endpoint.Id, DeclaredProvider.InputOf(model), cancellationToken: Token);
            var output = (await job.WaitAsync(cancellationToken: Token)).Value;
            Assert.NotNull(await ResultAsync(client, (dynamic)model.Endpoint, job.Handle));
            var urls = Url().Matches(output.ToString()).Select(match => match.Value).ToList();
            Assert.True(urls.Count > 0 || output.ToString().Contains("data:", StringComparison.Ordinal), $"{model.Endpoint.Id} has no file: {output}");
            foreach (var url in urls)
            {
                using var file = await http.GetAsync(url, Token);
                Assert.Equal(HttpStatusCode.OK, file.StatusCode);
            }
        }
        Assert.Equal(description.Models.Count, simulator.CountsOf(description.Name).Accepted);
        Assert.Equal(0, simulator.Counts.Others);
    }

    [Theory]
    [MemberData(nameof(Declarations))]
    public async Task Input_that_the_document_does_not_allow_is_refused_before_anything_is_accepted(string declaration)
    {
        await using var simulator = await StartAsync(declaration, TimeSpan.Zero);
        using var client = Client(declaration, simulator, out var description);

        foreach (var model in description.Models.Where(model => model.Parameters.Any(parameter => parameter.Required)))
        {
            var exception = await Assert.ThrowsAsync<SubmitException>(
                () => client.SubmitAsync(model.Endpoint.Id, RawJson.Parse("{}"), cancellationToken: Token));
            Assert.Equal((true, HttpStatusCode.BadRequest), (exception.WasNotAccepted, exception.Service!.StatusCode));
        }
        Assert.Equal(0, simulator.Counts.Accepted);
    }

    [Theory]
    [MemberData(nameof(Declarations))]
    public async Task A_cancel_means_what_the_declaration_says(string declaration)
    {
        await using var simulator = await StartAsync(declaration, Long);
        using var client = Client(declaration, simulator, out var description);
        var cancel = Read(declaration)["cancel"];
        var job = await client.SubmitAsync(description.Models[0].Endpoint.Id, DeclaredProvider.InputOf(description.Models[0]), cancellationToken: Token);

        var expected = (string?)cancel?["stops"] switch
        {
            null => CancelOutcome.NotSupported,
            "never" => CancelOutcome.OnlyRecorded,
            _ => CancelOutcome.Requested,
        };
        Assert.Equal(expected, await job.CancelAsync(Token));
        Assert.Equal(cancel is null ? 0 : 1, simulator.Counts.Cancels);
        if (expected == CancelOutcome.Requested)
            Assert.Equal(JobState.Canceled, (await job.GetStatusAsync(cancellationToken: Token)).State);
    }

    [Theory]
    [MemberData(nameof(Declarations))]
    public async Task A_job_that_has_ended_is_neither_canceled_nor_deleted(string declaration)
    {
        await using var simulator = await StartAsync(declaration, TimeSpan.Zero);
        using var client = Client(declaration, simulator, out var description);
        var cancel = Read(declaration)["cancel"];
        var job = await client.SubmitAsync(description.Models[0].Endpoint.Id, DeclaredProvider.InputOf(description.Models[0]), cancellationToken: Token);

        Assert.Equal(cancel is null ? CancelOutcome.NotSupported : CancelOutcome.AlreadyCompleted, await job.CancelAsync(Token));
        Assert.Equal(JobState.Completed, (await job.GetStatusAsync(cancellationToken: Token)).State);
        if ((bool?)cancel?["deletesEnded"] == true)
            Assert.Equal(0, simulator.Counts.Cancels);
    }

    [Theory]
    [MemberData(nameof(Declarations))]
    public async Task A_lost_response_is_never_a_second_job(string declaration)
    {
        await using var simulator = await StartAsync(declaration, TimeSpan.Zero);
        using var client = Client(declaration, simulator, out var description);
        simulator.AddFault(new() { Kind = FaultKind.Reset, Operation = SimulatorOperation.Submit, CarryOut = true });
        var model = description.Models[0];

        if (Read(declaration)["idempotency"] is not null)
            Assert.NotNull(await client.SubmitAsync(model.Endpoint.Id, DeclaredProvider.InputOf(model), cancellationToken: Token));
        else
        {
            var exception = await Assert.ThrowsAsync<SubmitException>(
                () => client.SubmitAsync(model.Endpoint.Id, DeclaredProvider.InputOf(model), cancellationToken: Token));
            Assert.False(exception.WasNotAccepted);
            Assert.Equal(1, simulator.Submits);
        }
        Assert.Equal(1, simulator.Counts.Accepted);
    }

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Declarations))]
    public async Task A_webhook_is_posted_where_a_submit_can_name_one(string declaration)
    {
        await using var receiver = new FakeServer(FakeServer.Reply(200, "{}"));
        await using var simulator = await StartAsync(declaration, TimeSpan.Zero);
        using var client = Client(declaration, simulator, out var description);
        var model = description.Models[0];
        var options = new SubmitOptions { WebhookUrl = receiver.Url };

        if (Read(declaration)["webhook"] is null)
        {
            await Assert.ThrowsAsync<ArgumentException>(() => client.SubmitAsync(model.Endpoint.Id, DeclaredProvider.InputOf(model), options, Token));
            Assert.Equal(0, simulator.Submits);
            return;
        }
        await client.SubmitAsync(model.Endpoint.Id, DeclaredProvider.InputOf(model), options, Token);
        while (receiver.Requests.Length == 0)
            await Task.Delay(10, TestContext.Current.CancellationToken);
        Assert.StartsWith("POST ", Assert.Single(receiver.Requests), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Declarations))]
    public async Task A_list_has_the_jobs_that_were_submitted(string declaration)
    {
        await using var simulator = await StartAsync(declaration, TimeSpan.Zero);
        using var client = Client(declaration, simulator, out var description);

        if (Read(declaration)["list"] is null)
        {
            await Assert.ThrowsAsync<NotSupportedException>(async () => await client.Protocol.ListAsync(null, Token).ToListAsync(Token));
            return;
        }
        var handles = new List<JobHandle>();
        foreach (var model in description.Models)
            handles.Add((await client.SubmitAsync(model.Endpoint.Id, DeclaredProvider.InputOf(model), cancellationToken: Token)).Handle);
        var listed = await client.Protocol.ListAsync(null, Token).ToListAsync(Token);
        var selected = await client.Protocol.ListAsync(new() { EndpointId = description.Models[0].Endpoint.Id }, Token).ToListAsync(Token);

        Assert.Equal(handles.Select(handle => handle.JobId).Order(StringComparer.Ordinal), listed.Select(job => job.JobId).Order(StringComparer.Ordinal));
        Assert.All(listed, job => Assert.Equal(JobState.Completed, job.Status.State));
        Assert.Equal(handles[0].JobId, Assert.Single(selected).JobId);
    }

    [GeneratedRegex("http://127[^\"]*")]
    private static partial Regex Url();

    private static async Task<object?> ResultAsync<TRequest, TResult>(MediaClient client, ModelEndpoint<TRequest, TResult> endpoint, JobHandle handle)
        where TRequest : class, IModelRequest<TRequest>
        where TResult : IJsonModel<TResult> => (await client.Resume(endpoint, handle).WaitAsync(cancellationToken: Token)).Value;

    private static JsonNode Read(string declaration) => DeclaredProvider.At(declaration).Declaration;

    private static Task<MediaSimulator> StartAsync(string declaration, TimeSpan queueTime) => MediaSimulator.StartAsync(
        new() { SpecsFolder = Path.GetDirectoryName(Repository.PathOf(declaration)), QueueTime = queueTime, JobDuration = TimeSpan.Zero }, Token);

    /// <summary>The client that the provider's package has, or these tests.</summary>
    private static MediaClient Client(string declaration, MediaSimulator simulator, out ProviderDescription description)
    {
        description = DeclaredProvider.At(declaration).Description;
        return description.Connect(new Uri(simulator.BaseUrl, description.Name), "any");
    }
}
