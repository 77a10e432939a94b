using System.Globalization;

namespace Zoetrope.Cli.Input;

/// <summary>Reads lengths of time as people type them.</summary>
internal static class Duration
{
    // Longer waits are typing errors, and the timers of .NET do not support much longer ones.
    private const double LongestSeconds = 30 * 24 * 3600;

    /// <summary>Reads <c>30</c> and <c>30s</c> (seconds), <c>500ms</c>, <c>5m</c>, <c>1.5h</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="mayBeZero">Whether no time is one.</param>
    /// <param name="duration">The time.</param>
    /// <returns>What is wrong, in words that follow the name of the option; null where nothing is.</returns>
    public static string? Read(string text, bool mayBeZero, out TimeSpan duration)
    {
        duration = default;
        var digits = text.AsSpan().TrimEnd("mshMSH");
        double? unit = text.AsSpan(digits.Length) switch
        {
            "" or "s" or "S" => 1,
            "ms" or "MS" => 0.001,
            "m" or "M" => 60,
            "h" or "H" => 3600,
            _ => null,
        };
        if (unit is null || !double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return $"must be a time such as 30, 30s, 5m or 1h, but is '{text}'";
        var seconds = number * unit.Value;
        if (seconds > LongestSeconds)
            return $"must be at most 720h (30 days), but is '{text}'";
        if (seconds <= 0 && !mayBeZero)
            return $"must be more than 0, but is '{text}'";
        duration = TimeSpan.FromSeconds(seconds);
        return null;
    }
}
