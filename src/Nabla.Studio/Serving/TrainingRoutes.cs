using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Nabla.Playgrounds;

namespace Nabla.Serving;

/// <summary>The playground's trainings: docs/studio.md, "Train".</summary>
internal static class TrainingRoutes
{
    public static void MapTrainings(this IEndpointRouteBuilder routes, TrainingSessions sessions)
    {
        routes.MapPost("/api/trainings", (RequestDelegate)(context => StartAsync(context, sessions)));
        routes.MapGet("/api/trainings/{id}/events", With(sessions, StreamAsync));
        routes.MapPost("/api/trainings/{id}/run", With(sessions, (context, session) => ActAsync(context, session.Run)));
        routes.MapPost("/api/trainings/{id}/pause", With(sessions, (context, session) => ActAsync(context, session.Pause)));
        routes.MapPost("/api/trainings/{id}/step", With(sessions, (context, session) => ActAsync(context, session.Step)));
        routes.MapPost("/api/trainings/{id}/reset", With(sessions, (context, session) => ActAsync(context, session.Reset)));
        routes.MapPut("/api/trainings/{id}", With(sessions, ChangeAsync));
        routes.MapDelete("/api/trainings/{id}", With(sessions, (context, session) =>
        {
            sessions.End(session.Id);
            return Answers.WriteAsync(context, "{}");
        }));
    }

    private static RequestDelegate With(TrainingSessions sessions, Func<HttpContext, TrainingSession, Task> act) => context =>
        sessions.Find((string)context.Request.RouteValues["id"]!) is { } session
            ? act(context, session)
            : Answers.RefuseAsync(context, StatusCodes.Status404NotFound, "there is no such training; it ended when nobody watched it");

    private static async Task StartAsync(HttpContext context, TrainingSessions sessions)
    {
        if (await Answers.ReadAsync<TrainingRequest>(context).ConfigureAwait(false) is not { } request) return;
        Language language = Answers.LanguageOf(request.Language);
        PlaygroundSettings settings = request.Onto(new());
        if (settings.Fault(language) is { } fault)
        {
            await Answers.RefuseAsync(context, StatusCodes.Status400BadRequest, fault).ConfigureAwait(false);
            return;
        }
        if (sessions.Start(settings, language) is not { } session)
        {
            await Answers.RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, language == Language.Korean
                ? $"학습이 이미 {TrainingSessions.Most}개 열려 있습니다. 다른 탭을 하나 닫으세요." : $"{TrainingSessions.Most} trainings are open already; close one of them")
                .ConfigureAwait(false);
            return;
        }
        await Answers.WriteAsync(context, new { session.Id }).ConfigureAwait(false);
    }

    private static async Task ChangeAsync(HttpContext context, TrainingSession session)
    {
        if (await Answers.ReadAsync<TrainingRequest>(context).ConfigureAwait(false) is not { } request) return;
        Language language = Answers.LanguageOf(request.Language);
        PlaygroundSettings settings = request.Onto(session.Settings);
        if (settings.Fault(language) is { } fault)
        {
            await Answers.RefuseAsync(context, StatusCodes.Status400BadRequest, fault).ConfigureAwait(false);
            return;
        }
        session.Change(settings, language);
        await Answers.WriteAsync(context, "{}").ConfigureAwait(false);
    }

    private static Task ActAsync(HttpContext context, Action act)
    {
        if (!context.Request.HasJsonContentType())
            return Answers.RefuseAsync(context, StatusCodes.Status415UnsupportedMediaType, "a request needs the content type application/json");
        act();
        return Answers.WriteAsync(context, "{}");
    }

    private static async Task StreamAsync(HttpContext context, TrainingSession session)
    {
        Answers.BeginEvents(context);
        await foreach (SessionEvent told in session.Listen(context.RequestAborted).ConfigureAwait(false))
        {
            string json = JsonSerializer.Serialize(told.Content, told.Content.GetType(), Answers.Json);
            await Answers.SendEventAsync(context, told.Name, json, context.RequestAborted).ConfigureAwait(false);
        }
    }
}
