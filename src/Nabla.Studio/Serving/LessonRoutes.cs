using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Nabla.Serving;

/// <summary>The lessons: docs/studio.md, "Learn".</summary>
internal static class LessonRoutes
{
    private const int MostAnswers = 100;

    public static void MapLessons(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/lessons", (RequestDelegate)(context => Answers.WriteAsync(context, LessonCatalog.ToJson(LanguageOf(context)))));
        routes.MapGet("/api/lessons/{id}", (RequestDelegate)(context => WithLessonAsync(context, lesson =>
            Answers.WriteAsync(context, Computed(() => lesson.ToJson(LanguageOf(context)))))));
        routes.MapPost("/api/lessons/{id}/answers", (RequestDelegate)(context => WithLessonAsync(context, lesson => GradeAsync(context, lesson))));
    }

    private static Language LanguageOf(HttpContext context) => Answers.LanguageOf(context.Request.Query["language"]);

    private static Task WithLessonAsync(HttpContext context, Func<Lesson, Task> act)
    {
        Lesson lesson;
        try
        {
            lesson = LessonCatalog.Find((string)context.Request.RouteValues["id"]!);
        }
        catch (KeyNotFoundException exception)
        {
            return Answers.RefuseAsync(context, StatusCodes.Status404NotFound, exception.Message);
        }
        return act(lesson);
    }

    private static async Task GradeAsync(HttpContext context, Lesson lesson)
    {
        if (await Answers.ReadAsync<LessonAnswers>(context).ConfigureAwait(false) is not { } sent) return;
        if (sent.Answers.Count > MostAnswers || sent.Answers.Values.Any(answer => answer is null))
        {
            await Answers.RefuseAsync(context, StatusCodes.Status400BadRequest, $"answers needs at most {MostAnswers} texts").ConfigureAwait(false);
            return;
        }
        string json;
        try
        {
            json = Computed(() => lesson.Grade(sent.Id, sent.Answers, Answers.LanguageOf(sent.Language), sent.Reveal).ToJson());
        }
        catch (ArgumentException exception)
        {
            await Answers.RefuseAsync(context, StatusCodes.Status400BadRequest, exception.Message).ConfigureAwait(false);
            return;
        }
        await Answers.WriteAsync(context, json).ConfigureAwait(false);
    }

    private static string Computed(Func<string> text)
    {
        using Scope scope = Scope.Begin();
        return text();
    }
}
