using Zoetrope.Generator.Emit;
using Zoetrope.Generator.Text;
using static Zoetrope.Generator.Emit.WellKnownNames;

namespace Zoetrope.Generator.Jobs;

/// <summary>Writes the options of a declared provider's client.</summary>
internal static class JobsOptionsEmitter
{
    /// <summary>Writes the class.</summary>
    public static void Emit(SourceWriter writer, BoundProvider provider)
    {
        var (options, jobs) = (provider.Options, provider.Jobs);
        var baseUrl = provider.BaseUrlVariable;
        var variables = string.Join(", ", jobs.KeyVariables.Select(Literals.String));
        var documented = string.Join(", otherwise ", jobs.KeyVariables.Select(name => $"<c>{Literals.Xml(name)}</c>"));
        var prefix = jobs.AuthPrefix.Length > 0 ? Literals.String(jobs.AuthPrefix) + " + " : "";
        var names = string.Join(" or ", jobs.KeyVariables);
        using var block = writer.Block($"""
            /// <summary>The options of a <see cref="{provider.Client}"/>.</summary>
            {SourceHeader.Attribute}
            public sealed class {options} : {HttpTypes}.MediaClientOptions
            """);
        using (writer.Block($"""
            /// <summary>
            /// Initializes a new instance with the limits that are documented. The base URL is the environment variable <c>{baseUrl}</c> if that is set, for a
            /// simulator or a gateway; null means {jobs.DisplayName} itself.
            /// </summary>
            public {options}()
            """))
        {
            if (Limits(provider) is { } limits)
                writer.Line($"Limits = new {JobTypes}.SubmitLimits {{ {limits} }};");
            writer.Line($"BaseUrl = {HttpTypes}.BaseAddress.FromEnvironment({Literals.String(baseUrl)});");
        }
        writer.Lines($$"""

            /// <summary>The API key. Null uses the environment variable {{documented}}.</summary>
            public string? ApiKey { get; set; }

            internal static {{options}} Of(string apiKey) => new() { ApiKey = RequireKey(apiKey) };

            internal {{HttpTypes}}.AuthHeader ResolveKey()
            {
                var key = FindKey(ApiKey, new string[] { {{variables}} }) ?? throw new {{MissingKeyException}}(
                    {{Literals.String(jobs.Provider)}},
                    {{Literals.String($"There is no key for {jobs.DisplayName}: set the environment variable {names}, or {options}.ApiKey.")}});
                return new({{Literals.String(jobs.AuthHeader)}}, {{prefix}}key);
            }
            """);
    }

    private static string? Limits(BoundProvider provider)
    {
        var limits = new List<string>();
        if (provider.Jobs.CreatesPerMinute is { } creates)
            limits.Add("CreatesPerMinute = " + DocumentText.Number(creates));
        if (provider.Jobs.InFlight is { } inFlight)
            limits.Add("InFlight = " + DocumentText.Number(inFlight));
        return limits.Count == 0 ? null : string.Join(", ", limits);
    }
}
