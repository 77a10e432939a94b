using System.Globalization;

namespace Zoetrope.Cli.Input;

/// <summary>Reads lengths of time as people type them.</summary>
internal static class Duration
{
    /// <summary>Reads <c>30</c> and <c>30s</c> (seconds), <c>500ms</c>, <c>5m</c>, <c>1.5h</c>. The time must be more than none.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
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
            return false;
        var seconds = number * unit.Value;
        // Longer waits than a month are typing errors, and the timers of .NET do not take them.
        if (seconds is not (> 0 and <= 30 * 24 * 3600))
            return false;
        duration = TimeSpan.FromSeconds(seconds);
        return true;
    }
}
