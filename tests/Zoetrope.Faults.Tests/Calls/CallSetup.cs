using Microsoft.Extensions.DependencyInjection;
using Zoetrope.Clients;
using Zoetrope.Eachlabs;
using Zoetrope.Eachlabs.Workflows;
using Zoetrope.Extensions.Hosting;
using Zoetrope.Fal;
using Zoetrope.Faults.Tests.Models;
using Zoetrope.Http;
using Zoetrope.Jobs.Tests;
using Zoetrope.Operations;

namespace Zoetrope.Faults.Tests;

/// <summary>Where a call is made: the service, the clock, the key and the folder of one cell.</summary>
internal sealed class CallSetup : IDisposable
{
    /// <summary>The longest that one exchange may take, in the time of the clients.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(400);

    private readonly List<IDisposable> _owned = [];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("zoetrope-faults-");

    private readonly bool _isNamed;

    public CallSetup(Uri service, TimeProvider time, HttpClient? http = null, bool isNamed = false)
    {
        Service = service;
        Time = time;
        Http = http;
        _isNamed = isNamed;
    }

    public Uri Service { get; }

    public TimeProvider Time { get; }

    /// <summary>The HTTP client that a user hands in; null where the SDK's own is tried.</summary>
    public HttpClient? Http { get; }

    /// <summary>Cancels the call.</summary>
    public CancellationToken Token { get; init; }

    /// <summary>A folder that is empty at first.</summary>
    public string Folder => _folder.FullName;

    public string File(string name) => Path.Combine(Folder, name);

    /// <summary>Adds the handlers of a host, whose services then make the clients of fal and Eachlabs; null where they are made by hand.</summary>
    public Action<IHttpClientBuilder>? Handlers { get; init; }

    public FalClient Fal() => Make<FalClientOptions, FalClient>(options => new(options), (services, configure) => services.AddFal(configure), options =>
    {
        options.ApiKey = Keys.Fal;
        options.RunTimeout = Deadline;
        options.StreamIdleTimeout = Deadline;
    });

    public EachlabsClient Eachlabs() =>
        Make<EachlabsClientOptions, EachlabsClient>(options => new(options), (services, configure) => services.AddEachlabs(configure), options =>
        {
            options.ApiKey = Keys.Eachlabs;
            options.RunTimeout = Deadline;
            options.StreamIdleTimeout = Deadline;
        });

    public EachlabsWorkflowClient Workflows() => Own(new EachlabsWorkflowClient(Here(new EachlabsClientOptions
    {
        ApiKey = Keys.Eachlabs,
        SubmitTimeout = Deadline,
        PollTimeout = Deadline,
    })));

    /// <summary>A client of a declared provider: below its name, as the simulator has it, or at its own addresses.</summary>
    public MediaClient Declared(DeclaredProvider provider) => Own(provider.Connect(Keys.Declared, options =>
    {
        Here(options).BaseUrl = _isNamed ? null : new Uri(Service, provider.Description.Name);
        options.SubmitTimeout = Deadline;
        options.PollTimeout = Deadline;
    }));

    public StudioClient Studio() => Own(new StudioClient(Here(new ApiClientOptions { ApiKey = Keys.Studio, Timeout = Deadline })));

    public void Dispose()
    {
        foreach (var owned in _owned)
            owned.Dispose();
        Http?.Dispose();
        _folder.Delete(recursive: true);
    }

    private TClient Make<TOptions, TClient>(
        Func<TOptions, TClient> create, Func<IServiceCollection, Action<TOptions>, IHttpClientBuilder> add, Action<TOptions> configure)
        where TOptions : MediaClientOptions, new()
        where TClient : IDisposable
    {
        if (Handlers is null)
        {
            var options = new TOptions();
            Configure(options);
            return Own(create(options));
        }
        var services = new ServiceCollection();
        services.AddLogging();
        Handlers(add(services, Configure));
        return Own(services.BuildServiceProvider()).GetRequiredService<TClient>();

        void Configure(TOptions options)
        {
            Here(options);
            options.SubmitTimeout = Deadline;
            options.PollTimeout = Deadline;
            configure(options);
        }
    }

    private T Here<T>(T options)
        where T : ClientOptions
    {
        options.BaseUrl = Service;
        options.HttpClient = Http;
        options.TimeProvider = Time;
        options.MaxResponseBytes = HeavyFaults.Limit;
        options.MaxDownloadBytes = HeavyFaults.Limit;
        return options;
    }

    private T Own<T>(T client)
        where T : IDisposable
    {
        _owned.Add(client);
        return client;
    }
}

/// <summary>Keys with everything in them that is written otherwise somewhere.</summary>
internal static class Keys
{
    public const string Fal = "6f1d0c52-9a7b-4e7e:s3cr+t/K3y&v<9>=='x";
    public const string Eachlabs = "ea/ch+l4bs&k3y<7>=='qzz";
    public const string Studio = "stu/d1o+k3y&w<5>=='ryy";

    public const string Declared = "dec/l4+r3d&k3y<6>=='tyy";

    public static IReadOnlyList<string> All { get; } = [Fal, Eachlabs, Studio, Declared];
}
