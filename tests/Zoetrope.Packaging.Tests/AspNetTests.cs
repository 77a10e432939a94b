using System.Diagnostics;
using System.Net.Http.Json;

namespace Zoetrope.Packaging.Tests;

/// <summary>
/// A minimal API that takes and gives models, made as for native code: ASP.NET's own generator must see the models, and no reflection is there to help.
/// </summary>
public sealed class AspNetTests(PackedPackages packages)
{
    private const string Program = """
        using MyApp.Models;
        using Zoetrope.Json;

        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, JsonModel.Resolver<KlingVideoO3ProImageToVideo.Request>());
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, JsonModel.Resolver<KlingVideoO3ProImageToVideo.Result>());
        });
        var app = builder.Build();
        app.MapPost("/echo", (KlingVideoO3ProImageToVideo.Request request) => request);
        app.MapPost("/prompt", (KlingVideoO3ProImageToVideo.Request request) => request.Prompt ?? "");
        app.MapGet("/members", () => string.Join(',', typeof(KlingVideoO3ProImageToVideo.Request).GetProperties().Select(member => member.Name)));
        app.Run();
        """;

    [Fact]
    public async Task Models_of_the_same_project_are_bound_and_written_with_PublishAot()
    {
        using var folder = new TemporaryFolder();
        var document = Repository.PathOf("specs", "fal", "kling-video-o3-pro-image-to-video.json");
        folder.Copy(document, "specs/kling.json");
        folder.Write("Program.cs", Program);
        folder.Write("MyApp.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <PublishAot>true</PublishAot>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <InvariantGlobalization>true</InvariantGlobalization>
                <RestoreAdditionalProjectSources>{packages.Feed}</RestoreAdditionalProjectSources>
                <!-- The program lists members to show that a changed document arrives. -->
                <NoWarn>$(NoWarn);IL2026;IL2070;IL2075</NoWarn>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Zoetrope.Fal" Version="{packages.Version}" />
                <PackageReference Include="Zoetrope.Generator" Version="{packages.Version}" PrivateAssets="all" />
                <ZoetropeSpec Include="specs/**" />
              </ItemGroup>
            </Project>
            """);

        await Command.DotnetAsync(folder.Path, "build", "--nologo");
        using (var app = new App(folder.Path))
        {
            using var client = await app.ClientAsync();
            var response = await client.PostAsync(
                "/prompt",
                JsonContent.Create(new { image_url = "https://example.com/a.png", prompt = "She walks" }),
                TestContext.Current.CancellationToken);
            Assert.Equal((200, "She walks"), ((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
            var echo = await client.PostAsync(
                "/echo",
                JsonContent.Create(new { image_url = "https://example.com/a.png", other = 1 }),
                TestContext.Current.CancellationToken);
            Assert.Equal(
                """{"image_url":"https://example.com/a.png","other":1}""",
                await echo.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }

        // A changed document is written again, and what it no longer describes is gone.
        folder.Write(
            "specs/kling.json",
            (await File.ReadAllTextAsync(document, TestContext.Current.CancellationToken)).Replace("\"shot_type\"", "\"take_type\"", StringComparison.Ordinal));
        await Command.DotnetAsync(folder.Path, "build", "--nologo");
        using (var app = new App(folder.Path))
        {
            using var client = await app.ClientAsync();
            var members = await client.GetStringAsync("/members", TestContext.Current.CancellationToken);
            Assert.Contains("TakeType", members, StringComparison.Ordinal);
            Assert.DoesNotContain("ShotType", members, StringComparison.Ordinal);
        }
    }

    /// <summary>The app in a process of its own.</summary>
    private sealed class App : IDisposable
    {
        private const string Listening = "Now listening on: ";

        private readonly Process _process;

        public App(string folder)
        {
            var start = new ProcessStartInfo("dotnet", [Path.Combine("bin", "Debug", "net10.0", "MyApp.dll"), "--urls", "http://127.0.0.1:0"])
            {
                WorkingDirectory = folder, RedirectStandardOutput = true,
            };
            _process = Process.Start(start)!;
        }

        public async Task<HttpClient> ClientAsync()
        {
            while (await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            {
                var at = line.IndexOf(Listening, StringComparison.Ordinal);
                if (at >= 0)
                    return new HttpClient { BaseAddress = new Uri(line[(at + Listening.Length)..].Trim()) };
            }
            throw new InvalidOperationException("The app ended before it listened.");
        }

        public void Dispose()
        {
            _process.Kill();
            _process.Dispose();
        }
    }
}
