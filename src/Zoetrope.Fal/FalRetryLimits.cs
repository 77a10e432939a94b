using System.Globalization;

namespace Zoetrope.Fal;

/// <summary>How often fal runs a job again when it fails, by the kind of failure. A kind that is null keeps the app's setting.</summary>
public sealed record FalRetryLimits
{
    /// <summary>The repetitions after an error of the app (a status of 5xx); 0 for none.</summary>
    public int? ServerErrors { get; init; }

    /// <summary>The repetitions after a run that took too long; 0 for none.</summary>
    public int? Timeouts { get; init; }

    /// <summary>The repetitions after the connection to the runner broke; 0 for none.</summary>
    public int? ConnectionErrors { get; init; }

    /// <summary>The value of the header; null where nothing is set.</summary>
    /// <exception cref="ArgumentException">A number is negative.</exception>
    internal string? Write()
    {
        var kinds = new[] { ("server_error", ServerErrors), ("timeout", Timeouts), ("connection_error", ConnectionErrors) };
        var set = kinds.Where(static kind => kind.Item2 is not null).Select(static kind => Member(kind.Item1, kind.Item2.GetValueOrDefault())).ToList();
        return set.Count == 0 ? null : $"{{{string.Join(',', set)}}}";
    }

    private static string Member(string kind, int retries) => retries >= 0
        ? $"\"{kind}\":{{\"retries\":{retries.ToString(CultureInfo.InvariantCulture)}}}"
        : throw new ArgumentException($"The retry limit of {kind} cannot be negative.", nameof(FalSubmitOptions.RetryLimits));
}
