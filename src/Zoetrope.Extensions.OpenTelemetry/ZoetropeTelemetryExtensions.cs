using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Zoetrope.Extensions.OpenTelemetry;

/// <summary>Adds what Zoetrope's clients do to the traces and metrics of OpenTelemetry.</summary>
public static class ZoetropeTelemetryExtensions
{
    private const string Name = "Zoetrope";

    /// <summary>
    /// Adds the traces of jobs: <c>zoetrope.run</c> with <c>zoetrope.submit</c> and <c>zoetrope.wait</c>, and <c>zoetrope.call</c> of whole APIs, with the
    /// attributes of OpenTelemetry's conventions for generative AI. It takes effect when the provider is built, for all clients of the process.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets the options; null for the defaults.</param>
    /// <returns>The builder.</returns>
    public static TracerProviderBuilder AddZoetropeInstrumentation(
        this TracerProviderBuilder builder, Action<ZoetropeInstrumentationOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = new ZoetropeInstrumentationOptions();
        configure?.Invoke(options);
        return builder.AddSource(Name).AddInstrumentation(() => InstrumentationUse.Begin(options));
    }

    /// <summary>
    /// Adds the metrics of jobs: submits, jobs in flight, times, polls, retries and costs by model. It takes effect when the provider is built, for all clients
    /// of the process.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <returns>The builder.</returns>
    public static MeterProviderBuilder AddZoetropeInstrumentation(this MeterProviderBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddMeter(Name).AddInstrumentation(() => InstrumentationUse.Begin(null));
    }
}
