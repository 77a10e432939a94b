using System.Reflection;
using Zoetrope.Operations;

namespace Zoetrope.Generator.Tests;

/// <summary>A document with code of a user, compiled once; its calls go to a server of a test.</summary>
/// <param name="document">The document of an API that is called Demo.</param>
/// <param name="methods">The user's methods: <c>static Task&lt;string&gt; Name(DemoClient demo)</c>, public.</param>
internal sealed class ApiCalls(Spec document, string methods)
{
    private readonly Lazy<Generated> _generated = new(() => new Project([document], code: $$"""
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Linq;
        using System.Net;
        using System.Net.Http;
        using System.Text;
        using System.Threading.Tasks;
        using Demo.Models;
        using Zoetrope.Errors;
        using Zoetrope.Json;
        using Zoetrope.Operations;
        using Zoetrope.Uploads;
        internal static class Calls
        {
            private static UploadFile Bytes(string text, string name = "a.bin", string? type = null) => UploadFile.FromBytes(Encoding.UTF8.GetBytes(text), name, type);
            {{methods}}
        }
        """).Run());

    private Assembly? _assembly;

    /// <summary>What was generated.</summary>
    public Generated Generated => _generated.Value;

    /// <summary>The compiled project.</summary>
    public Assembly Assembly => LazyInitializer.EnsureInitialized(ref _assembly, () => Generated.Load());

    /// <summary>Runs a call of the user's code with a client that sends once.</summary>
    public async Task<string> RunAsync(FakeServer server, string call, Action<ApiClientOptions>? configure = null)
    {
        var assembly = Assembly;
        var options = new ApiClientOptions { BaseUrl = server.Url, ApiKey = "secret-12345", Attempts = 1 };
        configure?.Invoke(options);
        using var client = (ApiClient)Activator.CreateInstance(assembly.GetType("Demo.Models.DemoClient", throwOnError: true)!, options)!;
        return await (Task<string>)assembly.GetType("Calls")!.GetMethod(call)!.Invoke(null, [client])!;
    }

    /// <summary>The type that an operation's method gives, as C# writes it: <c>Task</c> or <c>Task&lt;String&gt;</c>.</summary>
    public string Gives(string method)
    {
        var assembly = Assembly;
        var type = assembly.GetType("Demo.Models.DemoClient")!.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Single(
            one => one.Name == method).ReturnType;
        return type.IsGenericType ? $"Task<{type.GetGenericArguments()[0].Name}>" : type.Name;
    }
}
