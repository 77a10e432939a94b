using Microsoft.Extensions.Configuration;
using Zoetrope.Http;
using Zoetrope.Jobs;

namespace Zoetrope.Extensions.Hosting.Settings;

/// <summary>
/// Applies the section of a client to its options. Each problem names its key as it is in the configuration, such as <c>Zoetrope:Fal:SubmitTimeout</c>, and
/// all are reported together.
/// </summary>
/// <param name="section">The section.</param>
internal sealed class SettingsReader(IConfigurationSection section)
{
    private static readonly string[] Common =
    [
        nameof(ClientSettings.ApiKey), nameof(ClientSettings.BaseUrl), nameof(ClientSettings.SubmitTimeout), nameof(ClientSettings.PollTimeout),
        nameof(ClientSettings.SubmitAttempts), nameof(ClientSettings.Limits), nameof(ClientSettings.MaxResponseBytes), nameof(ClientSettings.MaxDownloadBytes),
        nameof(ClientSettings.MinBytesPerSecond), nameof(ClientSettings.TransferTimeout), nameof(ClientSettings.LogInputs),
    ];

    private static readonly string[] OfLimits =
    [
        nameof(LimitSettings.CreatesPerMinute), nameof(LimitSettings.InFlight), nameof(LimitSettings.InFlightExpiry), nameof(LimitSettings.QueueTimeout),
    ];

    /// <summary>The problems so far.</summary>
    public List<string> Problems { get; } = [];

    /// <summary>Reads the section; null where a value is not of its type, which is a problem.</summary>
    /// <param name="own">The names of the settings that only this provider has.</param>
    /// <param name="clients">The names of the clients whose sections are in this one.</param>
    public ClientSettings? Read(IReadOnlyList<string> own, IEnumerable<string> clients)
    {
        foreach (var child in section.GetChildren())
        {
            if (clients.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
                continue;
            if (!Has(Common, child.Key) && !Has(own, child.Key))
            {
                var named = child.Value is null ? "neither a setting nor the name of a client that was added" : "not a setting";
                Problems.Add($"{child.Path} is {named}: the settings of this client are {string.Join(", ", [.. Common, .. own])}.");
            }
            else if (!Has([nameof(ClientSettings.Limits)], child.Key))
            {
                CheckValue(child);
            }
            else if (!string.IsNullOrEmpty(child.Value))
            {
                Problems.Add($"{child.Path} is a section, and has no value of its own: its settings are {string.Join(", ", OfLimits)}.");
            }
        }
        foreach (var child in section.GetSection(nameof(ClientSettings.Limits)).GetChildren())
        {
            if (Has(OfLimits, child.Key))
                CheckValue(child);
            else
                Problems.Add($"{child.Path} is not a setting: those of limits are {string.Join(", ", OfLimits)}.");
        }
        try
        {
            return section.Get<ClientSettings>() ?? new ClientSettings();
        }
        catch (InvalidOperationException exception)
        {
            // It names the key and the type.
            Problems.Add(exception.InnerException is { } cause ? $"{exception.Message} {cause.Message}" : exception.Message);
            return null;
        }
    }

    /// <summary>Applies the settings that all clients have.</summary>
    /// <param name="options">The options.</param>
    /// <param name="settings">The settings.</param>
    public void Apply(MediaClientOptions options, ClientSettings settings)
    {
        Set(nameof(settings.BaseUrl), settings.BaseUrl, url => options.BaseUrl = url);
        Set(nameof(settings.SubmitTimeout), settings.SubmitTimeout, time => options.SubmitTimeout = time);
        Set(nameof(settings.PollTimeout), settings.PollTimeout, time => options.PollTimeout = time);
        Set(nameof(settings.SubmitAttempts), settings.SubmitAttempts, count => options.SubmitAttempts = count);
        Set(nameof(settings.MaxResponseBytes), settings.MaxResponseBytes, bytes => options.MaxResponseBytes = bytes);
        Set(nameof(settings.MaxDownloadBytes), settings.MaxDownloadBytes, bytes => options.MaxDownloadBytes = bytes);
        Set(nameof(settings.MinBytesPerSecond), settings.MinBytesPerSecond, bytes => options.MinBytesPerSecond = bytes);
        Set(nameof(settings.TransferTimeout), settings.TransferTimeout, time => options.TransferTimeout = time);
        if (settings.Limits is not { } given)
            return;
        var limits = options.Limits ??= new SubmitLimits();
        SetLimit(nameof(given.CreatesPerMinute), given.CreatesPerMinute, count => limits.CreatesPerMinute = count);
        SetLimit(nameof(given.InFlight), given.InFlight, count => limits.InFlight = count);
        SetLimit(nameof(given.InFlightExpiry), given.InFlightExpiry, time => limits.InFlightExpiry = time);
        SetLimit(nameof(given.QueueTimeout), given.QueueTimeout, time => limits.QueueTimeout = time);
    }

    /// <summary>Applies a setting that is given; a value that is refused is a problem.</summary>
    public void Set<T>(string name, T? value, Action<T> set)
        where T : struct
    {
        if (value is { } given)
            Try(name, () => set(given));
    }

    /// <summary>Applies a setting that is given; a value that is refused is a problem.</summary>
    public void Set<T>(string name, T? value, Action<T> set)
        where T : class
    {
        if (value is not null)
            Try(name, () => set(value));
    }

    // The binder skips a section where it expects a value.
    private void CheckValue(IConfigurationSection setting)
    {
        if (setting.GetChildren().Any())
            Problems.Add($"{setting.Path} is a value, and not a section.");
    }

    private void SetLimit<T>(string name, T? value, Action<T> set)
        where T : struct => Set($"{nameof(ClientSettings.Limits)}:{name}", value, set);

    private void Try(string name, Action set)
    {
        try
        {
            set();
        }
        catch (ArgumentException exception)
        {
            Problems.Add(ProblemOf($"{section.Path}:{name}", exception));
        }
    }

    /// <summary>Describes why a value was refused.</summary>
    /// <param name="key">The key in the configuration.</param>
    /// <param name="exception">The reason.</param>
    public static string ProblemOf(string key, ArgumentException exception)
    {
        // .NET adds the name of the parameter, which is in the key, in a sentence of its own.
        var text = exception.Message;
        var parameter = text.IndexOf(" (Parameter '", StringComparison.Ordinal);
        return $"{key} is not valid: {(parameter < 0 ? text : text[..parameter])}";
    }

    /// <summary>Whether a name is that of a setting.</summary>
    /// <param name="name">The name.</param>
    /// <param name="own">The names of the settings that only this provider has.</param>
    public static bool IsSetting(string name, IReadOnlyList<string> own) => Has(Common, name) || Has(own, name);

    private static bool Has(IReadOnlyList<string> names, string name) => names.Contains(name, StringComparer.OrdinalIgnoreCase);
}
