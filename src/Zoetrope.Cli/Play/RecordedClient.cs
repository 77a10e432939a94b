using System.Diagnostics;
using Zoetrope.Clients;

namespace Zoetrope.Cli.Play;

/// <summary>Creates the clients whose requests are shown: those of the providers, over handlers of the caller.</summary>
internal static class RecordedClient
{
    /// <summary>Creates a client.</summary>
    /// <param name="provider">The name of the provider.</param>
    /// <param name="key">The text in place of the key.</param>
    /// <param name="http">What has the handlers.</param>
    public static MediaClient Of(string provider, string key, HttpClient http) => provider switch
    {
        "fal" => new Fal.FalClient(new Fal.FalClientOptions { ApiKey = key, HttpClient = http }),
        "eachlabs" => new Eachlabs.EachlabsClient(new Eachlabs.EachlabsClientOptions { ApiKey = key, HttpClient = http }),
        "bfl" => new BlackForestLabs.BlackForestLabsClient(new BlackForestLabs.BlackForestLabsClientOptions { ApiKey = key, HttpClient = http }),
        "elevenlabs" => new ElevenLabs.ElevenLabsClient(new ElevenLabs.ElevenLabsClientOptions { ApiKey = key, HttpClient = http }),
        "higgsfield" => new Higgsfield.HiggsfieldClient(new Higgsfield.HiggsfieldClientOptions { ApiKey = key, HttpClient = http }),
        "leonardo" => new Leonardo.LeonardoClient(new Leonardo.LeonardoClientOptions { ApiKey = key, HttpClient = http }),
        "luma" => new Luma.LumaClient(new Luma.LumaClientOptions { ApiKey = key, HttpClient = http }),
        "replicate" => new Replicate.ReplicateClient(new Replicate.ReplicateClientOptions { ApiKey = key, HttpClient = http }),
        "runway" => new Runway.RunwayClient(new Runway.RunwayClientOptions { ApiKey = key, HttpClient = http }),
        "together" => new Together.TogetherClient(new Together.TogetherClientOptions { ApiKey = key, HttpClient = http }),
        "topaz" => new Topaz.TopazClient(new Topaz.TopazClientOptions { ApiKey = key, HttpClient = http }),
        "wavespeed" => new WaveSpeed.WaveSpeedClient(new WaveSpeed.WaveSpeedClientOptions { ApiKey = key, HttpClient = http }),
        _ => throw new UnreachableException($"No model of {provider} is in this build."),
    };
}
