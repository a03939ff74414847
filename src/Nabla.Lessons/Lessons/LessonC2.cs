using static Nabla.Blank;

namespace Nabla.Lessons;

internal static class LessonC2
{
    public static Lesson Lesson { get; } = new(
        "C2",
        new("Multiply: the swap multiplier", "곱셈: 교환 곱셈기"),
        new("Each input of a multiply node receives the upstream gradient times the other input.",
            "곱셈 노드의 입력은 상류 기울기에 다른 쪽 입력을 곱한 값을 받습니다."),
        new TextSection(
            """
            For q = x·y the local gradient by x is y: if y is 3, moving x by one moves q by three. And the local gradient by y is x. Each is the **other** input, so
            the multiply gate **swaps** its inputs and multiplies them with the upstream gradient.

            The most common slip is to multiply with the input's own value. When you are unsure, ask: with y held still, how steep is x·y as a function of x?

            A consequence worth remembering: a large input makes the gradient of its **partner** large. If data are a thousand times larger, the gradients of
            the weights they are multiplied with are a thousand times larger too. That is why inputs are scaled before training.
            """,
            """
            q = x·y를 x로 미분한 국소 기울기는 y입니다. y가 3이면 x가 1 움직일 때 q는 3 움직입니다. y로 미분한 국소 기울기는 x입니다. 서로 **다른 쪽**
            입력이므로, 곱셈 게이트는 입력을 **맞바꾸어** 상류 기울기에 곱합니다.

            가장 흔한 실수는 자기 자신의 값을 곱하는 것입니다. 헷갈리면 이렇게 물어보세요. y를 가만히 두면 x·y는 x에 대해 얼마나 가파른가요?

            기억해 둘 만한 사실이 있습니다. 입력이 크면 그 **짝**의 기울기가 커집니다. 데이터가 천 배 커지면 거기에 곱해지는 가중치의 기울기도 천 배가
            됩니다. 학습하기 전에 입력의 크기를 고르는 까닭입니다.
            """),
        new GraphSection("x = 3\ny = -7\nq = x * y\nf = 2 * q"),
        new TableSection([new("x (the data)", "x (데이터)"), new("w (the weight)", "w (가중치)"), "∂(w·x)/∂w", "∂(w·x)/∂x"], Partners)
        {
            Title = new("A large input makes its partner's gradient large", "입력이 크면 짝의 기울기가 커집니다"),
        },
        new QuizSection(
            "quiz-1",
            new("The upstream gradient 5 arrives at q = x · y with x = 2 and y = 3. What does x receive?",
                "x = 2, y = 3인 q = x · y에 상류 기울기 5가 도착합니다. x는 얼마를 받을까요?"),
            ["10", "5", "15", "30"],
            right: 2,
            new("5 · 3 = 15: the upstream gradient times the other input.", "5 · 3 = 15, 곧 상류 기울기와 다른 쪽 입력의 곱입니다.")),
        new ExerciseSection(
            "exercise-1",
            new("Two products in a row.", "곱셈이 두 번 이어집니다."),
            "x = 2\ny = -3\nz = 4\nq = x * y\nf = q * z",
            Value("q"), Value("f"), Local("f", "q"), Upstream("q"), Downstream("z"), Local("q", "x"), Downstream("x"), Downstream("y")));

    private static IEnumerable<BilingualText[]> Partners()
    {
        foreach (double value in new[] { 1.0, 10, 1000 })
        {
            Tensor x = value, w = 0.5;
            Gradients gradients = (w * x).Backward();
            yield return [Written.Text(x), Written.Text(w), Written.Text(gradients[w]), Written.Text(gradients[x])];
        }
    }
}
