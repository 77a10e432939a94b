using Zoetrope.Generator.Emit;
using Zoetrope.Generator.Endpoints;
using Zoetrope.Specs.Jobs;
using static Zoetrope.Generator.Emit.WellKnownNames;

namespace Zoetrope.Generator.Jobs;

/// <summary>Writes the client of a declared provider.</summary>
internal static class JobsClientEmitter
{
    /// <summary>Writes the class.</summary>
    public static void Emit(SourceWriter writer, BoundProvider provider, EmitOptions options)
    {
        var (client, clientOptions, jobs) = (provider.Client, provider.Options, provider.Jobs);
        var hosts = string.Join(", ", jobs.Hosts.Prepend(HostOf(jobs.Server)).Distinct().Select(Literals.String));
        var keys = string.Join(" or ", jobs.KeyVariables.Select(variable => $"<c>{Literals.Xml(variable)}</c>"));
        using var block = writer.Block($"""
            /// <summary>The client of {jobs.DisplayName}. Instances are thread-safe and intended to be long-lived.</summary>
            /// <remarks>From {Literals.Doc(provider.Source)}.</remarks>
            {SourceHeader.Attribute}
            public partial class {client} : {MediaClient}
            """);
        writer.Lines($$"""
            /// <summary>Initializes a new instance with the key from the environment ({{keys}}) and the default options.</summary>
            /// <exception cref="{{MissingKeyException}}">No key is in the environment.</exception>
            public {{client}}()
                : this(({{clientOptions}}?)null)
            {
            }

            """);
        if (options.HasOverloadPriorities)
        {
            writer.Lines($$"""
                /// <summary>Initializes a new instance with a key and the default options.</summary>
                /// <param name="apiKey">The key.</param>
                /// <exception cref="global::System.ArgumentException">The key is empty or not valid in a header.</exception>
                public {{client}}(string apiKey)
                    : this({{clientOptions}}.Of(apiKey))
                {
                }

                """);
        }
        writer.Lines($$"""
            /// <summary>Initializes a new instance with options.</summary>
            /// <param name="options">The options; null uses the defaults and the key from the environment.</param>
            /// <exception cref="{{MissingKeyException}}">No key is set.</exception>
            /// <exception cref="global::System.ArgumentException">The base URL is not valid, or the key is not valid in a header.</exception>
            {{(options.HasOverloadPriorities ? "[global::System.Runtime.CompilerServices.OverloadResolutionPriority(1)]" : null)}}
            public {{client}}({{clientOptions}}? options)
                : base(CreateProtocol(options ??= new {{clientOptions}}()), options)
            {
            }

            /// <summary>For tests: a client whose jobs a protocol of your own plays. It needs no key, sends nothing, and keeps no limits.</summary>
            /// <param name="protocol">The protocol; its name must be <c>{{jobs.Provider}}</c>.</param>
            /// <param name="options">The options; null takes the defaults without limits.</param>
            protected {{client}}({{JobProtocol}} protocol, {{clientOptions}}? options = null)
                : base(protocol, options ?? new {{clientOptions}} { Limits = null })
            {
            }

            /// <summary>What programs that serve any provider need to know of this one. Using it keeps all of its models in a trimmed app.</summary>
            public static {{ProviderDescription}} Description => new(
                {{Literals.String(jobs.Provider)}},
                {{Literals.String(jobs.DisplayName)}},
                new string[] { {{string.Join(", ", jobs.KeyVariables.Select(Literals.String))}} },
                {{Literals.String(provider.BaseUrlVariable)}},
                {{Models(jobs)}},
                (baseUrl, apiKey) =>
                {
                    var options = new {{clientOptions}} { ApiKey = apiKey };
                    options.BaseUrl = baseUrl ?? options.BaseUrl;
                    return new {{client}}(options);
                }){{Facts(jobs)}};

            {{(jobs.Lists.Count == 0 ? null : $$"""
                /// <summary>
                /// Lists jobs of the account, for example to find one whose submit had no readable response. That a job is not in it proves nothing.
                /// </summary>
                /// <param name="options">Which jobs; null for all.</param>
                /// <param name="cancellationToken">A token to cancel the operation.</param>
                /// <exception cref="{{ServiceException}}">The provider responded with an error.</exception>
                public global::System.Collections.Generic.IAsyncEnumerable<{{JobTypes}}.ListedJob> ListJobsAsync(
                    {{JobTypes}}.JobListOptions? options = null, global::System.Threading.CancellationToken cancellationToken = default) =>
                    Protocol.ListAsync(options, cancellationToken);

                """)}}
            {{(jobs.Upload is null ? null : UploadEmitter.ClientMember(provider))}}
            private static {{provider.Protocol}} CreateProtocol({{clientOptions}} options)
            {
                var server = new global::System.Uri({{Literals.String(jobs.Server)}});
                var baseUrl = {{HttpTypes}}.BaseAddress.Check(options.BaseUrl, nameof(options.BaseUrl), server.Host);
                var transport = new {{HttpTypes}}.Transport(
                    {{Literals.String(jobs.Provider)}}, options, new {{ProviderTypes}}.CommonErrorReader(),
                    new {{HttpTypes}}.TrustedHosts({{hosts}}), options.ResolveKey());
                return new {{provider.Protocol}}(transport, server, baseUrl);
            }
            """);
    }

    private static string Facts(JobsDescription jobs)
    {
        var facts = new List<string>();
        if (jobs.RetentionDays is { } days)
            facts.Add("Retention = " + ProtocolEmitter.Time(days, "Days"));
        if (jobs.FileHours is { } hours)
            facts.Add("FileLifetime = " + ProtocolEmitter.Time(hours, "Hours"));
        if (jobs.FilesNeedKey)
            facts.Add("FilesNeedKey = true");
        return facts.Count == 0 ? "" : " { " + string.Join(", ", facts) + " }";
    }

    private static string Models(JobsDescription jobs)
    {
        const string Linq = "global::System.Linq.Enumerable";
        return jobs.Models.Count == 0
            ? $"new {ModelInfo}[0]"
            : $"{Linq}.ToArray({Linq}.Where({IndexEmitter.ModelsName}.All, model => model.Endpoint.Provider == {Literals.String(jobs.Provider)}))";
    }

    private static string HostOf(string server) => new Uri(server).Host;
}
