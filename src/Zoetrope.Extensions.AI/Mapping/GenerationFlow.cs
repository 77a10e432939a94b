using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Zoetrope.Clients;
using Zoetrope.Extensions.AI.Jobs;
using Zoetrope.Json;
using Zoetrope.Models;

namespace Zoetrope.Extensions.AI.Mapping;

/// <summary>The way of a request that all generators share: to jobs, or to jobs that were submitted before, and to what is known of them.</summary>
internal sealed class GenerationFlow(MediaClient client, ModelSet models, GenerationSettings settings)
{
    private readonly JobRunner _runner = new(client, settings);
    private readonly ILogger _logger = (settings.LoggerFactory ?? NullLoggerFactory.Instance).CreateLogger(GenerationMessages.Category);

    /// <summary>Carries a request out.</summary>
    /// <param name="modelId">The model that the request names; null for the default.</param>
    /// <param name="continuation">What continues jobs; then nothing is submitted.</param>
    /// <param name="inBackground">Whether the jobs are not waited for.</param>
    /// <param name="map">Creates the inputs.</param>
    /// <param name="ct">A token to cancel.</param>
    public async Task<GenerationDetails> RunAsync(
        string? modelId, ResponseContinuationToken? continuation, bool inBackground, Func<RequestBuilder, IReadOnlyList<RawJson>> map, CancellationToken ct)
    {
        if (continuation is not null)
            return await ContinueAsync(JobContinuationToken.From(continuation), inBackground, ct).ConfigureAwait(false);
        var model = models.Find(modelId);
        var builder = new RequestBuilder(client, model);
        var inputs = map(builder);
        // Before files are uploaded, because options that are not valid end the request.
        var options = _runner.MakeOptions(inputs.Count);
        inputs = await builder.Files.UploadAsync(inputs, ct).ConfigureAwait(false);
        var jobs = await _runner.RunAsync(model.Model.Endpoint, inputs, options, builder.Warnings, inBackground, ct).ConfigureAwait(false);
        builder.Files.KeepUntilHere();
        return Report(model.Model.Endpoint, jobs, builder.Warnings);
    }

    /// <summary>Warns where other than the asked number of files came: some providers leave out what their moderation refuses.</summary>
    public void CheckCount(GenerationDetails details, int? asked, int came)
    {
        if (asked is null || asked == came || details.ContinuationToken is not null)
            return;
        var warning = $"{asked} results were asked for, and {came} came.";
        details.Warn(warning);
        Observers.Call(() => GenerationMessages.Warned(_logger, details.Provider, details.ModelId, warning));
    }

    private async Task<GenerationDetails> ContinueAsync(JobContinuationToken token, bool inBackground, CancellationToken ct)
    {
        foreach (var handle in token.Handles)
        {
            if (handle.Provider != client.Provider || !models.Contains(handle.EndpointId))
            {
                throw new ArgumentException(
                    $"The continuation token has a job of {handle.Provider}:{handle.EndpointId}, which is not a model of this generator. Nothing was sent.");
            }
        }
        var warnings = new List<string>();
        var jobs = await _runner.ContinueAsync(token.Handles, warnings, inBackground, ct).ConfigureAwait(false);
        return Report(models.Find(token.Handles[0].EndpointId).Model.Endpoint, jobs, warnings);
    }

    private GenerationDetails Report(ModelEndpoint endpoint, IReadOnlyList<GenerationJob> jobs, List<string> warnings)
    {
        foreach (var warning in warnings)
            Observers.Call(() => GenerationMessages.Warned(_logger, client.Provider, endpoint.Id, warning));
        return new(client.Provider, endpoint.Id, jobs, warnings);
    }
}
