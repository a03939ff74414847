using static Nabla.Blank;

namespace Nabla.Lessons;

internal static class LessonC3
{
    public static Lesson Lesson { get; } = new(
        "C3",
        new("Max: the gradient router", "최댓값: 기울기 라우터"),
        new("The larger input receives all of the gradient, the other one 0.", "큰 쪽 입력이 기울기를 모두 받고 다른 쪽은 0을 받습니다."),
        new TextSection(
            """
            max(x, y) lets the larger input through. Move that one by a little and the output moves along: local gradient 1. Move the smaller one by a little and
            nothing happens: local gradient 0. So the whole upstream gradient takes one road. The max gate is a **gradient router**.

            The loser learns nothing from this step, because at these values it had no say in the result. In the next forward pass it may be the larger one, and then it
            is its turn.

            When both are equal there is no right answer: the function has a kink. Nabla lets them share, half each, so that what leaves the gate still adds up to
            what arrived. Max pooling in image networks is this gate over a window of pixels, and ReLU is max(x, 0).
            """,
            """
            max(x, y)는 큰 쪽을 통과시킵니다. 큰 쪽을 조금 움직이면 출력도 함께 움직이므로 국소 기울기가 1입니다. 작은 쪽은 조금 움직여도 아무 일도 일어나지
            않으므로 국소 기울기가 0입니다. 상류 기울기 전체가 한 길로만 갑니다. 그래서 max 게이트를 **기울기 라우터**라고 합니다.

            작은 쪽은 이번 스텝에서 아무것도 배우지 못합니다. 지금 값에서는 결과에 영향을 주지 않았기 때문입니다. 다음 순전파에서 더 커지면 그때는 자기
            차례가 됩니다.

            둘이 같으면 정답이 없습니다. 함수가 꺾이는 곳이기 때문입니다. Nabla는 반씩 나누어, 나가는 기울기의 합이 도착한 기울기와 같게 합니다. 이미지
            신경망의 최댓값 풀링은 이 게이트를 픽셀 창에 쓴 것이고, ReLU는 max(x, 0)입니다.
            """),
        new GraphSection("x = 4\ny = 5\nq = max(x, y)\nf = 9 * q"),
        new TableSection(["x", "y", "max(x, y)", "∂f/∂x", "∂f/∂y"], Routes)
        {
            Title = new("An upstream gradient of 9, sent through max", "상류 기울기 9를 max로 보내면"),
        },
        new QuizSection(
            "quiz-1",
            new("x = 2 and y = 7, and −3 arrives at max(x, y). What does x receive?", "x = 2, y = 7인 max(x, y)에 −3이 도착합니다. x는 얼마를 받을까요?"),
            ["0", "-3", "-1.5", "-6"],
            right: 0,
            new("y is larger and receives all of the −3; x had no say.", "더 큰 y가 −3을 모두 받습니다. x는 결과에 영향을 주지 않았습니다.")),
        new ExerciseSection(
            "exercise-1",
            new("A multiply gate, then max, then a multiply gate. Which inputs receive anything?", "곱셈, max, 곱셈이 이어집니다. 무엇인가를 받는 입력은 어느 것일까요?"),
            "x = 3\ny = -4\nz = -2\nw = 2\na = x * y\nm = max(a, z)\nf = m * w",
            Value("a"), Value("m"), Value("f"), Downstream("w"), Upstream("m"), Downstream("z"), Upstream("a"), Downstream("x")));

    private static IEnumerable<BilingualText[]> Routes()
    {
        foreach ((double left, double right) in new[] { (4.0, 5.0), (6.0, 5.0), (5.0, 5.0) })
        {
            Tensor x = left, y = right, q = x.Maximum(y);
            Gradients gradients = (9 * q).Backward();
            yield return [Written.Text(x), Written.Text(y), Written.Text(q), Written.Text(gradients[x]), Written.Text(gradients[y])];
        }
    }
}
