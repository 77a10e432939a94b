using System.Text;
using Microsoft.AspNetCore.Http;
using Zoetrope.Simulator.Http;

namespace Zoetrope.Simulator.Faults;

/// <summary>Responds to a request, with or without a fault.</summary>
internal static class FaultInjector
{
    public static async Task PlayAsync(SimulatorFault? fault, Call call, HttpContext context, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (fault is null)
        {
            await SendAsync(context, await call.Run(null, cancellationToken), cancellationToken);
            return;
        }
        if (fault.Kind is FaultKind.Status or FaultKind.Reset or FaultKind.Hang)
        {
            if (fault.CarryOut)
                await call.Run(null, cancellationToken);
            await WaitAsync(fault.Delay, clock, cancellationToken);
            await WithholdAsync(fault, call, context, cancellationToken);
            return;
        }
        var response = await call.Run(OutcomeOf(fault), cancellationToken);
        await WaitAsync(fault.Delay, clock, cancellationToken);
        foreach (var (name, value) in fault.Headers)
            response.With(name, value);
        if (fault.Kind == FaultKind.Truncate)
            await BreakOffAsync(context, response, cancellationToken);
        else
            await SendAsync(context, fault.Kind == FaultKind.Malformed ? Truncate(response) : response, cancellationToken);
    }

    private static JobFailure? OutcomeOf(SimulatorFault fault) => fault.Kind switch
    {
        FaultKind.JobFailure => new(fault.StatusCode, fault.Body),
        FaultKind.JobResult => new(null, fault.Body) { Result = fault.Result },
        _ => null,
    };

    private static async Task WithholdAsync(SimulatorFault fault, Call call, HttpContext context, CancellationToken cancellationToken)
    {
        switch (fault.Kind)
        {
            case FaultKind.Reset:
                context.Abort();
                break;
            case FaultKind.Hang:
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
                break;
            default:
                await SendAsync(context, StatusResponse(fault, call), cancellationToken);
                break;
        }
    }

    private static SimulatedResponse StatusResponse(SimulatorFault fault, Call call)
    {
        var statusCode = fault.StatusCode ?? 500;
        var response = fault.Body is null
            ? call.Error(statusCode, "A requested fault.")
            : new SimulatedResponse(statusCode, Encoding.UTF8.GetBytes(fault.Body), GuessType(fault.Body));
        foreach (var (name, value) in fault.Headers)
            response.With(name, value);
        return response;
    }

    private static string GuessType(string body) => body.AsSpan().TrimStart() switch
    {
        ['{' or '[' or '"', ..] => "application/json",
        ['<', ..] => "text/html",
        _ => "text/plain",
    };

    private static SimulatedResponse Truncate(SimulatedResponse response)
    {
        if (response.Parts is { } parts)
            return WithParts(response, Halved(parts));
        var half = response.Body.Length == 0 ? "{"u8.ToArray() : response.Body[..((response.Body.Length + 1) / 2)];
        var truncated = new SimulatedResponse(response.StatusCode, half, response.ContentType ?? "application/json");
        truncated.Headers.AddRange(response.Headers);
        return truncated;
    }

    private static SimulatedResponse WithParts(SimulatedResponse response, IAsyncEnumerable<byte[]> parts)
    {
        var other = new SimulatedResponse(response.StatusCode, [], response.ContentType) { Parts = parts };
        other.Headers.AddRange(response.Headers);
        return other;
    }

    private static async IAsyncEnumerable<byte[]> Halved(IAsyncEnumerable<byte[]> parts)
    {
        await foreach (var part in parts)
        {
            yield return [.. part[..(part.Length / 2)], .. "\n\n"u8];
            yield break;
        }
    }

    private static async Task BreakOffAsync(HttpContext context, SimulatedResponse response, CancellationToken cancellationToken)
    {
        if (response.Parts is { } parts)
        {
            Begin(context, response);
            var isSecond = false;
            // In the second part, so that the caller has received the first.
            await foreach (var part in parts.WithCancellation(cancellationToken))
            {
                await context.Response.Body.WriteAsync(part.AsMemory(0, isSecond ? part.Length / 2 : part.Length), cancellationToken);
                await context.Response.Body.FlushAsync(cancellationToken);
                if (isSecond)
                    break;
                isSecond = true;
            }
            context.Abort();
            return;
        }
        Begin(context, response);
        await context.Response.Body.WriteAsync(response.Body.AsMemory(0, response.Body.Length / 2), cancellationToken);
        await context.Response.Body.FlushAsync(cancellationToken);
        context.Abort();
    }

    internal static async Task SendAsync(HttpContext context, SimulatedResponse response, CancellationToken cancellationToken)
    {
        Begin(context, response);
        if (response.Parts is { } parts)
        {
            await context.Response.Body.FlushAsync(cancellationToken);
            await foreach (var part in parts.WithCancellation(cancellationToken))
            {
                await context.Response.Body.WriteAsync(part, cancellationToken);
                await context.Response.Body.FlushAsync(cancellationToken);
            }
        }
        else if (response.Body.Length > 0)
            await context.Response.Body.WriteAsync(response.Body, cancellationToken);
    }

    private static void Begin(HttpContext context, SimulatedResponse response)
    {
        var sent = context.Response;
        sent.StatusCode = response.StatusCode;
        if (response.ContentType is not null)
            sent.ContentType = response.ContentType;
        foreach (var (name, value) in response.Headers)
            sent.Headers[name] = value;
        if (response.Parts is null && response.StatusCode is not (204 or 205 or 304))
            sent.ContentLength = response.Body.Length;
    }

    private static Task WaitAsync(TimeSpan delay, TimeProvider clock, CancellationToken cancellationToken) =>
        delay == TimeSpan.Zero ? Task.CompletedTask : Task.Delay(delay, clock, cancellationToken);
}
