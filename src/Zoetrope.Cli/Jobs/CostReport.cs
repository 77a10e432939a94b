using System.Text.Json;
using Zoetrope.Cli.Models;
using Zoetrope.Cli.Output;
using Zoetrope.Clients;
using Zoetrope.Costs;
using Zoetrope.Json;
using Zoetrope.Models;

namespace Zoetrope.Cli.Jobs;

/// <summary>Estimates what a job costs at the providers that may run it. Nothing is submitted.</summary>
internal static class CostReport
{
    /// <summary>Prints the estimates as JSON.</summary>
    public static async Task PrintAsync(Session session, ModelTarget target, RawJson input)
    {
        var estimates = await EstimateAsync(session.Connection!.Clients, target, input, session.Interruption.Asked);
        JsonOutput.Write(writer =>
        {
            writer.WriteStartObject();
            Write(writer, estimates);
            writer.WriteEndObject();
        });
    }

    /// <summary>Estimates what a job costs at each of some providers.</summary>
    public static async Task<IReadOnlyList<(string Provider, string EndpointId, CostEstimate Estimate)>> EstimateAsync(
        IReadOnlyList<MediaClient> clients, ModelTarget target, RawJson input, CancellationToken cancellationToken)
    {
        var estimates = new List<(string Provider, string EndpointId, CostEstimate Estimate)>();
        foreach (var client in clients)
        {
            var (endpointId, mapped) = At(target, client, input);
            var estimate = EndpointOf(target, client) is { } endpoint
                ? await client.EstimateAsync(endpoint, mapped, cancellationToken)
                : CostEstimate.Unknown($"this build has no document of {endpointId}");
            estimates.Add((client.Provider, endpointId, estimate));
        }
        return estimates;
    }

    /// <summary>Writes the member <c>estimates</c>.</summary>
    public static void Write(Utf8JsonWriter writer, IReadOnlyList<(string Provider, string EndpointId, CostEstimate Estimate)> estimates)
    {
        writer.WriteStartArray("estimates");
        foreach (var (provider, endpointId, estimate) in estimates)
        {
            writer.WriteStartObject();
            writer.WriteString("provider", provider);
            writer.WriteString("endpoint", endpointId);
            writer.WriteString("certainty", JsonNamingPolicy.SnakeCaseLower.ConvertName(estimate.Certainty.ToString()));
            if (estimate.Minimum is { } minimum)
                writer.WriteNumber("minimum", minimum);
            if (estimate.Maximum is { } maximum)
                writer.WriteNumber("maximum", maximum);
            JsonMembers.WriteText(writer, "unit", estimate.Unit);
            JsonMembers.WriteText(writer, "reason", estimate.Reason);
            JsonMembers.WriteText(writer, "source", estimate.Source);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    /// <summary>The model at a provider; null where this build has no document of it.</summary>
    public static ModelEndpoint? EndpointOf(ModelTarget target, MediaClient client) =>
        ModelTarget.FindEndpoint(Provider.Find(client.Provider)!, IdAt(target, client))?.Endpoint;

    /// <summary>Says what the job costs by the price rules of the model's document, which takes no call; nothing where it has none.</summary>
    public static void ReportByRules(Session session, ModelTarget target, RawJson input)
    {
        if (session.Connection!.Clients is [{ } client, ..] && EndpointOf(target, client) is { } endpoint
            && endpoint.EstimateCost(At(target, client, input).Input) is { Certainty: not CostCertainty.Unknown } estimate)
            session.Reporter.WriteLine($"estimated cost at {client.Provider}: {estimate}");
    }

    private static string IdAt(ModelTarget target, MediaClient client) => target.Neutral?.EndpointId(client.Provider) ?? target.Name;

    private static (string EndpointId, RawJson Input) At(ModelTarget target, MediaClient client, RawJson input) =>
        (IdAt(target, client), target.Neutral?.MapRequest(client.Provider, input, []) ?? input);
}
